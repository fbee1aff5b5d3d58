"""Sentences written for the purpose: what must be found, and what looks like it and must not be.

No number belongs to anybody: identity numbers are computed for invented people, cards from made-up accounts.
"""

from __future__ import annotations

from mingtang.platform.guard.core.numbers import check_digit


def person(region: str, born: str, order: str) -> str:
    """An identity number with its check digit."""
    return f"{region}{born}{order}{check_digit(region + born + order)}"


def card(head: str, length: int) -> str:
    """A card number that begins with `head` and passes the Luhn check."""
    body = (head + "8013570924617305")[: length - 1]
    total = sum(sum(divmod(int(each) * (2 - n % 2), 10)) for n, each in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


def wide(words: str) -> str:
    """Full-width signs."""
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in words)


A, B, C = person("340104", "19870512", "031"), person("110108", "20030228", "124"), person("510703", "19560101", "556")
D, E = person("650102", "19990930", "240"), person("820000", "19791231", "007")
X = next(each for each in (person("320583", "19640718", f"{n:03d}") for n in range(1, 400)) if each.endswith("X"))
K, L, M, N = card("622202", 19), card("621700", 19), card("955880", 19), card("436742", 16)
Q, P = card("622848", 19), card("518710", 16)

IDENTITIES = [
    f"申请人张某，身份证号{A}，现申请补助。",
    f"公民身份号码：{B}",
    f"身份证:{X}",
    f"{X.lower()}（身份证）",
    f"低保对象名单 1 李某某 {C} 两人户",
    f"王某|男|{D}|五保",
    f"法定代表人身份证号码 {A[:6]} {A[6:14]} {A[14:]}",
    f"证件号码{A[:6]}-{A[6:14]}-{A[14:]}已核验",
    f"持证人（{wide(B)}）",
    f"身份证号：{wide(X)}",
    f"澳门居民，证件号 {E}",
    f"领取人{A}签字",
    f"（{C}）",
    f"附：身份证号\n{D}",
    f"\u200b{A[:9]}\u200b{A[9:]}",
    f"1.{A}；2.{B}",
    f"危房改造户：赵某，{person('522401', '19491001', '118')}，一般户",
    f"残疾证号与身份证相同：{person('410102', '20110606', '214')}",
    f"《不动产权证》共有人 {person('450102', '19831130', '331')}",
    f"考生身份证{person('230103', '20061215', '407')}准考",
    f"ID: {person('310115', '19900909', '909')}",
    f"身份证号 {person('440306', '19770707', '777')} 与档案一致",
    f"{person('150102', '19520202', '020')}的补贴已发放",
    f"被拆迁人身份证{person('210211', '19680808', '808')}，房屋面积 86.5 平方米",
    f"身份证号为{person('360102', '20150501', '051')}的学生",
]
SLIPS = [f"身份证号{A[:17]}{'1' if A[17] != '1' else '2'}，抄写时请核对", f"身份证：{B[:17]}{'3' if B[17] != '3' else '4'}"]
OLD = [
    "旧身份证号340104870512031，换领新证",
    "证件号码 110108450228124",
    "身份证（15 位）：510703560101556",
    "原身份证号码：320583640718002。",
]
MOBILES = [
    "联系人王女士，电话 13805510001",
    "手机：139-5510-0002",
    "请打137 5510 0003找我",
    "电话+8618955100004",
    "（+86）186 5510 0005",
    "0086 15955100006",
    "联系电话：１３８０５５１０００７",
    "13655100008（微信同号）",
    "小区业委会主任老李，18105510009。",
    "请加微信19955100010",
    "报名方式：发短信至 17355100011，截止 8 月",
    "158.5510.0012",
    "1585510-0013 无法接通；15955100014 可以",
    "村医电话：135 551 00015",
    "1365 510 0016",
    "欠费户电话：13505510029",
    "二维码失效请致电 15005510030 李工",
    "申报人：赵某（14755100017）",
    "物业值班：16655100018/0551-6000018",
    "家属手机13155100019，本人无电话",
    "“我叫老周，19155100020，有事找我”",
    "序列之外请拨打18655100021进行咨询",
    "施工负责人 13905510022 现场公示",
    "tel:13905510023",
    "手机号码\t13905510024",
    "139\u200b0551\u200b0025",
    "投诉人留下电话13905510026，要求回复",
    "网格员刘某，电话13905510027、13905510028",
]
SPELT = [
    "电话一三八零五五一零零二九",
    "幺三九 五五幺〇 〇〇三〇",
    "打我手机一八六五五一〇〇〇三一",
    "1三8零5五1零零3二",
    "号码是一五九-五五一零-零零三三",
]
CARDS = [
    f"补助打入银行卡 {K}",
    f"卡号：{L[:4]} {L[4:8]} {L[8:12]} {L[12:16]} {L[16:]}",
    f"工行{M}",
    f"收款账号 {N}",
    f"农行卡{Q[:4]}-{Q[4:8]}-{Q[8:12]}-{Q[12:16]}-{Q[16:]}",
    f"信用卡 {P[:4]} {P[4:8]} {P[8:12]} {P[12:]}",
    f"惠农补贴“一卡通”账号{card('621461', 19)}",
    f"孙某　{card('622188', 19)}　1200 元",
    f"{wide(card('623059', 19))}",
    f"社保卡银行账号：{card('621098', 19)}。",
    f"开户行：邮储；账号：{card('622150', 19)}",
    f"发放名单：{card('622700', 16)}，{card('622908', 18)}",
    f"({card('621226', 19)})",
    f"请退至{card('622609', 16)}户名吴某",
    f"Card no. {card('411111', 16)}",
    f"卡号为{card('356833', 16)}",
]
MAILS = [
    "邮箱：laowang1962@163.com",
    "请发到 zhang.san@qq.com",
    "e-mail：li_si-88@sina.com.cn 收",
    "（wangwu@139.com）",
    "收件人 zhao+case@outlook.com，抄送 qian@gmail.com",
    "ｌａｏｌｉ＠１２６．ｃｏｍ",
    "业主代表邮箱sunsan@foxmail.com",
    "mailto:chen@hotmail.com",
    "本人邮箱 123456789@qq.com。",
    "联系我：liu@aliyun.com",
]
PLATES = [
    "车牌皖A12345停在消防通道",
    "皖A·D12345（新能源）",
    "京AF12345",
    "沪BD00321",
    "违停车辆：苏E8K2M6",
    "粤B 88Q66",
    "川A•9X3Y1",
    "校车鲁B1234学",
    "挂车冀C5678挂",
    "车号皖Ａ６６６Ｄ１",
    "京A12345、京B5X678",
    "网约车渝D12345D",
    "浙C00A01占用无障碍车位",
    "被拖移的黑K3Z45P",
    "新A9876警",
]
ADDRESSES = [
    "申请人住锦绣花园3栋2单元501室",
    "幸福里小区5号楼1单元302",
    "家住清河路12号",
    "住址：梧桐街道和平路88号",
    "家庭住址：清河区河滨路6号院4号楼3单元101室",
    "户籍地址为桃园镇柳树村3组15号",
    "柳树村三组28号村民赵某",
    "现住人民路120号3幢402室",
    "经常居住地：朝阳巷9号",
    "本人住在安康家园12栋1单元1203室",
    "金色家园2-1-1102的业主",
    "通讯请寄：春晖苑7幢2单元601室",
    "王某，住清河新村11号楼2单元402室，残疾",
    "老人独居于槐树胡同5号院2号楼104室",
    "A座1单元1801室的住户反映漏水",
    "城中村：李庄村2组7号",
    "收货地址：文昌路55号阳光公寓B座1203室",
    "租住在东门里31号",
    "三号楼二单元301室每晚噪声",
    "18栋2门602室",
    "居住地：桂花街道学府路3号",
    "我家在南湖花园16栋2单元701，水压不够",
    "户籍所在地：大王镇前进村五组46号",
    "被征收人住所：红旗路27弄8号303室",
    "低保户张某 翠竹苑9号楼4单元102室",
    "小区9号楼3单元11层1102室",
    "住址为解放街14号",
    "紫荆花园10-2-503室",
    "反映人住碧桂小区2幢3单元404",
    "我住在恒兴雅苑35栋2407号",
    "恒兴雅苑35栋2407号漏水",
    "住户：丁香路19号6栋1602室",
]
HOME_PHONES = ["家庭电话0551-62345678", "住宅电话：(021)54321098", "宅电 0558-5123456", "家里电话010-65432109"]
PASSPORTS = ["护照号E12345678", "护照号码：EA1234567", "港澳居民来往内地通行证H12345678", "台胞证 12345678", "Passport No. G87654321"]

POSITIVE: list[tuple[str, str]] = [
    *(("id_number", each) for each in IDENTITIES),
    *(("id_like", each) for each in SLIPS),
    *(("id_old", each) for each in OLD),
    *(("mobile", each) for each in MOBILES),
    *(("mobile_spelt", each) for each in SPELT),
    *(("bank_card", each) for each in CARDS),
    *(("email", each) for each in MAILS),
    *(("plate", each) for each in PLATES),
    *(("address", each) for each in ADDRESSES),
    *(("home_phone", each) for each in HOME_PHONES),
    *(("passport", each) for each in PASSPORTS),
    # what rules find only with difficulty, kept so that the figures stay honest
    ("address", "就在老供销社对面那栋红砖楼二楼东边那户"),
    ("address", "翠竹苑九号楼一层靠电梯那家"),
    ("address", "他住学府路小学后门第三家"),
    ("mobile", "我的号码是 138 零零一 三八 零零"),
    ("mobile", "1 3 8 0 5 5 1 0 0 4 1"),
    ("email", "邮箱 laowang 艾特 163 点 com"),
    ("plate", "车牌尾号 D12345 的白色轿车"),
    ("id_number", f"身份证前六位{A[:6]}，生日{A[6:14]}，后四位{A[14:]}"),
    ("bank_card", "卡号六二二二零二一零零一一二二三三四四五"),
]

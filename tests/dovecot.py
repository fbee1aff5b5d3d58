"""A real IMAP server for tests: Dovecot on loopback, a box of its own for each test. Missing it is a failure with its name, no skip."""

from __future__ import annotations

import imaplib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from pwd import getpwuid
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mingtang.platform.mailbox.boxes import Box, boxes_in

SECRET = "geheim:mit/zeichen@ 1"
CONFIG = """
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
default_internal_user = {system}
default_internal_group = {group}
default_login_user = {system}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = static
  args = password={secret}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {ports}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


class Dovecot:
    """A running server; `box` gives a mailbox nobody else uses."""

    def __init__(self) -> None:
        binary = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
        if binary is None or not any(Path(each, "imap").exists() for each in ("/usr/lib/dovecot", "/usr/libexec/dovecot")):
            pytest.fail("this test needs Dovecot (Debian package dovecot-imapd); `python3 run.py test` installs it", pytrace=False)
        self.folder = Path(tempfile.mkdtemp(prefix="mingtang-imap-"))
        self.folder.chmod(0o755)
        self.port, self.tls_port = _free_port(), _free_port()
        self.serial = 0
        _certificate(self.folder)
        (self.folder / "conf").write_text(self._config())
        self.process = subprocess.Popen(
            [binary, "-F", "-c", str(self.folder / "conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._wait()

    def _config(self) -> str:
        mail = self.folder / "mail"
        mail.mkdir()
        system, group, uid, gid = getpwuid(os.geteuid()).pw_name, "", os.geteuid(), os.getegid()
        if uid == 0:  # Dovecot lets nobody read mail as root, and serves under accounts of its own
            system, group, uid, gid = "dovecot", "dovecot", 65534, 65534
            os.chown(mail, uid, gid)
        return CONFIG.format(
            folder=self.folder,
            system=system,
            group=group,
            uid=uid,
            gid=gid,
            secret=SECRET.replace(" ", ""),
            port=self.port,
            ports=self.tls_port,
        )

    def _wait(self) -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with suppress(OSError, imaplib.IMAP4.error), imaplib.IMAP4("127.0.0.1", self.port, timeout=2):
                return
            time.sleep(0.05)
        log = self.folder / "log"
        pytest.fail(f"Dovecot does not answer: {log.read_text()[-2000:] if log.exists() else 'no log'}", pytrace=False)

    def stop(self) -> None:
        """End the server and forget its boxes."""
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def box(self, *, tls: bool = False, folder: str = "INBOX", more: str = "") -> Mailbox:
        """A new empty mailbox."""
        self.serial += 1
        return Mailbox(self, f"box{self.serial}@qinghe.example.org", tls=tls, folder=folder, more=more)


class Mailbox:
    """One mailbox, seen from outside as its owner and the post see it."""

    def __init__(self, server: Dovecot, user: str, *, tls: bool, folder: str, more: str) -> None:
        scheme, port = ("imaps", server.tls_port) if tls else ("imap", server.port)
        self.secret = SECRET.replace(" ", "")
        self.url = f"{scheme}://{quote(user, safe='')}:{quote(self.secret, safe='')}@127.0.0.1:{port}/{quote(folder, safe='')}{more}"
        self.server, self.user = server, user

    @property
    def box(self) -> Box:
        """The box as the settings hold it."""
        return boxes_in(self.url)[0]

    def _open(self, folder: str = "INBOX") -> imaplib.IMAP4:
        imap = imaplib.IMAP4("127.0.0.1", self.server.port, timeout=10)
        imap.login(self.user, self.secret)
        imap.create(folder)
        imap.select(folder)
        return imap

    def put(self, *mails: bytes, folder: str = "INBOX", at: datetime | None = None) -> None:
        """The post brings mails, received at that instant."""
        imap = self._open(folder)
        for each in mails:
            date = imaplib.Time2Internaldate(at) if at else None
            assert imap.append(folder, None, date, each)[0] == "OK"  # type: ignore[arg-type]  # None: the server's own time
        imap.logout()

    def flags(self) -> list[str]:
        """What is marked on each message, in order."""
        imap = self._open()
        found = imap.fetch("1:*", "(FLAGS)")[1]
        imap.logout()
        return [" ".join(sorted(each.decode() for each in imaplib.ParseFlags(line) if each != rb"\Recent")) for line in found if line]

    @contextmanager
    def unreadable(self, number: int) -> Iterator[None]:
        """The server may not read the file of this message for a while."""
        folder = self.server.folder / "mail" / self.user
        path = sorted([*folder.glob("new/*"), *folder.glob("cur/*")], key=lambda each: each.name)[number - 1]
        path.chmod(0o000)
        yield
        path.chmod(0o600)

    def unsee(self) -> None:
        """Somebody marks everything unread."""
        imap = self._open()
        imap.store("1:*", "-FLAGS.SILENT", "(\\Seen)")
        imap.logout()

    def see(self) -> None:
        """Somebody reads everything in another program."""
        imap = self._open()
        imap.store("1:*", "+FLAGS.SILENT", "(\\Seen)")
        imap.logout()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(plain)

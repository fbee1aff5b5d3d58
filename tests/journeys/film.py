"""A recording made by the browser itself: ten seconds, each of its own colour, cut into an HLS stream of one-second pieces."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator

from playwright.sync_api import BrowserContext, Locator, Page, Route

SECONDS = 10
ADDRESS = "https://video.example/2026/18/"
PLAYLIST = f"{ADDRESS}index.m3u8"
STEP = 36  # degrees of the colour circle from one second to the next
RECORD = """async ([seconds, step]) => {
  const board = Object.assign(document.createElement("canvas"), {width: 160, height: 90}), pen = board.getContext("2d");
  const began = performance.now();
  const draw = () => {
    pen.fillStyle = `hsl(${Math.floor((performance.now() - began) / 1000) * step}, 100%, 50%)`;
    pen.fillRect(0, 0, 160, 90);
  };
  draw();
  const painting = setInterval(draw, 50);
  const wanted = {mimeType: "video/mp4;codecs=avc1.42E01E", videoKeyFrameIntervalDuration: 1000};
  const recorder = new MediaRecorder(board.captureStream(20), wanted), parts = [];
  recorder.ondataavailable = (each) => parts.push(each.data);
  recorder.start(1000);
  await new Promise((done) => setTimeout(done, seconds * 1000));
  await new Promise((done) => { recorder.onstop = done; recorder.stop(); });
  clearInterval(painting);
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, (each) => String.fromCharCode(each)).join(""));
}"""
HUE = """async (png) => {
  const seen = new Image();
  seen.src = `data:image/png;base64,${png}`;
  await seen.decode();
  const pen = Object.assign(document.createElement("canvas"), {width: seen.width, height: seen.height}).getContext("2d");
  pen.drawImage(seen, 0, 0);
  const [r, g, b] = pen.getImageData(seen.width / 2, seen.height / 4, 1, 1).data, top = Math.max(r, g, b), span = top - Math.min(r, g, b);
  if (!span) return -1;
  const part = top === r ? (g - b) / span : top === g ? 2 + (b - r) / span : 4 + (r - g) / span;
  return (part * 60 + 360) % 360;
}"""

Files = dict[str, tuple[str, bytes]]


def _boxes(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The boxes of an MP4 at its top: kind, first byte, end."""
    at = 0
    while at < len(data):
        size = struct.unpack(">I", data[at : at + 4])[0]
        yield data[at + 4 : at + 8], at, at + size
        at += size


def _begins(moof: bytes) -> int:
    """When a fragment begins, in units of its track's clock."""
    at = moof.index(b"tfdt") + 4
    return int(struct.unpack(">Q", moof[at + 4 : at + 12])[0] if moof[at] == 1 else struct.unpack(">I", moof[at + 4 : at + 8])[0])


def _clock(moov: bytes) -> int:
    """Units a second of the track's clock."""
    at = moov.index(b"mdhd") + 4
    return int(struct.unpack(">I", moov[at + 20 : at + 24] if moov[at] == 1 else moov[at + 12 : at + 16])[0])


def record(page: Page) -> Files:
    """Record the film on an empty page; gives the files of the stream by name, each with its type."""
    data = base64.b64decode(page.evaluate(RECORD, [SECONDS, STEP]))
    boxes = list(_boxes(data))
    first = next(start for kind, start, _end in boxes if kind == b"moof")
    starts = [start for kind, start, _end in boxes if kind == b"moof"]
    pieces = [data[start:end] for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]
    clock = _clock(data[:first])
    times = [_begins(each) / clock for each in pieces]
    lengths = [after - before for before, after in zip(times, [*times[1:], max(float(SECONDS), times[-1] + 0.1)], strict=True)]
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{round(max(lengths)) + 1}", "#EXT-X-PLAYLIST-TYPE:VOD"]
    lines += ['#EXT-X-MAP:URI="head.mp4"']
    for n, length in enumerate(lengths):
        lines += [f"#EXTINF:{length:.3f},", f"{n}.m4s"]
    files: Files = {f"{n}.m4s": ("video/iso.segment", each) for n, each in enumerate(pieces)}
    files["head.mp4"] = ("video/mp4", data[:first])
    files["index.m3u8"] = ("application/vnd.apple.mpegurl", "\n".join([*lines, "#EXT-X-ENDLIST", ""]).encode())
    return files


def publish(files: Files, context: BrowserContext) -> None:
    """Let the site of the recordings answer in this browser."""

    def answer(route: Route) -> None:
        kind, body = files[route.request.url.removeprefix(ADDRESS)]
        route.fulfill(body=body, headers={"Content-Type": kind, "Access-Control-Allow-Origin": "*"})

    context.route(f"{ADDRESS}**", answer)


def second_shown(film: Locator, page: Page) -> int:
    """Which second of the film the picture on the screen belongs to, read from its colour on the empty page `page`."""
    hue = page.evaluate(HUE, base64.b64encode(film.screenshot()).decode())
    return round(hue / STEP) % (360 // STEP)

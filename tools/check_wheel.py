"""Build the wheel and run it in a fresh environment, away from the repository and without Node."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """0 when the installed wheel migrates and answers `check`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(
            [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT], check=True, stdout=subprocess.DEVNULL
        )
        wheel = next(folder.glob("*.whl"))
        venv.create(folder / "env", with_pip=False, system_site_packages=False)
        python = folder / "env" / "bin" / "python"
        site = next((folder / "env" / "lib").glob("python*")) / "site-packages"
        (site / "dependencies.pth").write_text(str(Path(sys.prefix) / "lib" / site.parent.name / "site-packages") + "\n")
        subprocess.run([python, "-c", f"import zipfile; zipfile.ZipFile({str(wheel)!r}).extractall({str(site)!r})"], check=True)
        code = "import mingtang, sys; from mingtang.config.cli import main; sys.argv = ['mingtang', *sys.argv[1:]]; assert 'site-packages' in mingtang.__file__, mingtang.__file__; main()"
        environment = {"PATH": "/usr/bin:/bin", "HOME": name, "MINGTANG_DATA": str(folder / "data"), "LANG": "C.UTF-8"}
        for task in (["migrate", "-v0"], ["check"]):
            subprocess.run([python, "-c", code, *task], check=True, cwd=folder, env=environment)
        dist = site / "mingtang/platform/web/static/mingtang/dist/mingtang.css"
        if not dist.exists():
            print("the wheel lacks the built front end")
            return 1
    print(f"wheel ok: {wheel.name} ({Path(sys.executable).name})")
    return 0


if __name__ == "__main__":
    sys.exit(main())

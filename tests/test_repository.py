"""The repository itself: what must be in it, what must not, its locks, its limits and its stairs."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from carcheck_desktop.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("runtime", "test", "bench")
CODE = ("carcheck_desktop", "drivers", "requirements", "benchmarks", "bootstrap.py", "main.py")

# One library, one room (docs/architecture.md). `rooms` are the only ones that may import it.
OWNERS: dict[str, tuple[str, ...]] = {
    "PySide6": ("ui", "app"),
    "qrcode": ("ui", "printing"),
    "sqlalchemy": ("store",),
    "alembic": ("store",),
    "psycopg": ("store",),
    "serial": ("devices.machinery",),
    "pymodbus": ("devices.machinery",),
    "fastapi": ("link", "twin", "web"),
    "starlette": ("link", "twin"),
    "uvicorn": ("link", "twin"),
    "websockets": ("link",),
    "httpx": ("link", "gateways"),
    "cryptography": ("base",),
    "argon2": ("base",),
    "jwt": ("base",),
    "msgspec": ("base", "link"),
    "babel": ("base",),
    "escpos": ("printing",),
    "barcode": ("printing",),
    "fpdf": ("printing",),
    "PIL": ("printing",),
    "pypdfium2": ("printing",),
}


def tracked() -> list[Path]:
    """Files of the repository: what git tracks or would, or all but the environment where git cannot say."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode == 0 and done.stdout:
        names = done.stdout.decode("utf-8").rstrip("\0").split("\0")
        return [ROOT / name for name in names if (ROOT / name).is_file()]
    hidden = {".git", ".venv", "__pycache__"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not hidden & set(path.relative_to(ROOT).parts)]


def python_files(*places: str) -> list[Path]:
    """Tracked Python files below these places."""
    roots = [ROOT / place for place in places]
    return sorted(
        path for path in tracked() if path.suffix == ".py" and any(path.is_relative_to(root) for root in roots)
    )


def lock_entries(name: str) -> dict[str, tuple[Requirement, list[str]]]:
    """Requirement and hashes by canonical name, from a lock."""
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]
    entries: dict[str, tuple[Requirement, list[str]]] = {}
    for line in lines:
        requirement = Requirement(line.split(" --hash")[0].strip())
        entries[canonicalize_name(requirement.name)] = (
            requirement,
            re.findall(r"--hash=sha256:([0-9a-f]{64})\b", line),
        )
    return entries


# ---------------------------------------------------------------- what is there


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "README.zh-CN.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "bootstrap.py",
        "main.py",
        "pyproject.toml",
        ".ci/run",
        ".pre-commit-config.yaml",
        "docs/architecture.md",
    ],
)
def test_a_stranger_finds_what_a_repository_should_have(name: str) -> None:
    assert (ROOT / name).stat().st_size > 40


def test_the_licence_is_apache_2_in_full() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_ci_runs_the_command_of_the_readme() -> None:
    command = "python3 bootstrap.py test"
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for name in ("README.md", "README.zh-CN.md"):
        assert command in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_lists_exactly_the_commands_that_exist(name: str) -> None:
    table = (ROOT / name).read_text(encoding="utf-8").partition("| `main.py …` |")[2].partition("\n\n")[0]
    listed = [command for row in table.splitlines()[2:] for command in re.findall(r"`([a-z-]+)`", row.split("|")[1])]
    assert sorted(listed) == sorted(COMMANDS)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_every_relative_link_of_a_page_leads_somewhere(name: str) -> None:
    page = ROOT / name
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert not missing


def test_decisions_are_numbered_without_a_gap_and_say_what_follows_from_them() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for heading in ("## Context", "## Decision", "## Consequences"):
            assert heading in text, f"{page.name} lacks {heading}"


# ---------------------------------------------------------------- what must not be there


def test_no_file_names_the_machine_it_was_written_on() -> None:
    here = re.compile(re.escape(str(ROOT)) + r"\b")
    foreign = re.compile(r"(?<![\w.])/(?:home|Users)/(?!visitor\b)\w+/|[A-Z]:\\Users\\\w")
    named = []
    for path in tracked():
        if path == Path(__file__).resolve() or path.suffix in {".png", ".ttf", ".otf", ".ttc", ".db", ".bin"}:
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        if here.search(text) or foreign.search(text):
            named.append(path.relative_to(ROOT).as_posix())
    assert not named


def test_no_package_is_named_by_its_address() -> None:
    address = re.compile(
        r"https?://\S+\.(?:whl|tar\.gz|deb)\b|^\s*--(?:extra-)?index-url|^\s*--find-links", re.MULTILINE
    )
    named = [path.name for path in (ROOT / "requirements").iterdir() if path.suffix in {".in", ".lock"}]
    assert len(named) == 2 * len(LOCKS)
    for path in [*(ROOT / "requirements" / name for name in named), ROOT / "pyproject.toml", ROOT / "README.md"]:
        assert not address.search(path.read_text(encoding="utf-8")), path.name


# ---------------------------------------------------------------- locks


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_exact_versions_with_hashes_and_nothing_else(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    allowed = re.compile(r'#.*|[a-z0-9-]+==[\w.]+( ; sys_platform == "win32")? \\|    --hash=sha256:[0-9a-f]{64}( \\)?')
    assert [line for line in text.splitlines() if not allowed.fullmatch(line)] == []
    assert all(hashes for _, hashes in lock_entries(name).values())


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_follows_its_input(name: str) -> None:
    entries = lock_entries(name)
    for line in (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        wanted = Requirement(line)
        locked, _ = entries[canonicalize_name(wanted.name)]
        assert (locked.specifier, str(locked.marker)) == (wanted.specifier, str(wanted.marker))


def test_no_package_is_locked_twice() -> None:
    names = [name for lock in LOCKS for name in lock_entries(lock)]
    assert len(names) == len(set(names))


def test_only_one_opencv_may_be_locked() -> None:
    assert not [
        name for lock in LOCKS for name in lock_entries(lock) if name.startswith("opencv") and name != "opencv-python"
    ]


@pytest.mark.parametrize("system", ["linux", "win32"])
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_an_installation_without_dependency_search_gets_all_it_needs(system: str, python: str) -> None:
    """The metadata of what is installed here, asked with the markers of another system."""
    names = {"linux": ("linux", "Linux", "posix", "x86_64"), "win32": ("win32", "Windows", "nt", "AMD64")}[system]
    keys = ("sys_platform", "platform_system", "os_name", "platform_machine")
    environment: dict[str, str] = {key: str(value) for key, value in default_environment().items()}
    environment |= dict(zip(keys, names, strict=True))
    environment |= {"python_version": python, "python_full_version": python + ".9", "extra": ""}
    locked: dict[str, Requirement] = {}
    for lock in LOCKS[:2]:
        for name, (requirement, _) in lock_entries(lock).items():
            if requirement.marker is None or requirement.marker.evaluate(environment):
                locked[name] = requirement
    missing = []
    for name, requirement in locked.items():
        if requirement.marker is not None and sys.platform != system:
            continue  # not installed here, so there is no metadata to read
        for text in distribution(name).requires or []:
            needed = Requirement(text)
            if needed.marker is not None and not needed.marker.evaluate(environment):
                continue
            found = locked.get(canonicalize_name(needed.name))
            version = next(iter(found.specifier)).version if found else None
            if version is None or not needed.specifier.contains(version, prereleases=True):
                missing.append(f"{name} needs {text}, locked is {version}")
    assert not missing


# ---------------------------------------------------------------- limits


def long_functions(path: Path) -> Iterator[str]:
    """Functions over 60 lines and classes over 20 methods of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        where = f"{path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > 60:
                yield f"{where} {node.name} has {length} lines"
        elif isinstance(node, ast.ClassDef):
            methods = sum(isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) for part in node.body)
            if methods > 20:
                yield f"{where} {node.name} has {methods} methods"


def test_files_functions_and_classes_stay_small() -> None:
    files = python_files(*CODE, "tests")
    large = [
        f"{path.relative_to(ROOT).as_posix()}: {lines} lines" for path in files if (lines := count_lines(path)) > 400
    ]
    assert large + [line for path in files for line in long_functions(path)] == []


def count_lines(path: Path) -> int:
    """Physical lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


# Where a thread or task of ours ends, any exception is caught, logged and reported; nowhere else.
EDGES = {
    "carcheck_desktop/app/simulate.py",
    "carcheck_desktop/devices/machinery/lines/line.py",
    "carcheck_desktop/devices/machinery/serving.py",
    "carcheck_desktop/lanes/door.py",
    "carcheck_desktop/lanes/lane.py",
    "carcheck_desktop/printing/spool/spooler.py",
    "carcheck_desktop/store/writer.py",
    "carcheck_desktop/twin/printers/far_end.py",
    "carcheck_desktop/ui/bridge/pump.py",
}


def swallowing(path: Path) -> Iterator[str]:
    """Handlers of a file that catch everything and do not raise it again."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            is_broad = node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"}
            if is_broad and not isinstance(node.body[-1], ast.Raise):
                yield f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"


def test_every_exception_is_caught_at_the_edges_only() -> None:
    files = python_files("carcheck_desktop", "drivers", "requirements", "bootstrap.py")
    assert [line for path in files for line in swallowing(path) if line.partition(":")[0] not in EDGES] == []


def test_nobody_sleeps_but_clocks_a_paced_wire_and_who_asks_qt() -> None:
    allowed = {"carcheck_desktop/devices/machinery/serving.py", "carcheck_desktop/app/photographs.py"}
    sleeping = [
        path.relative_to(ROOT).as_posix()
        for path in python_files("carcheck_desktop", "drivers")
        if "time.sleep(" in path.read_text(encoding="utf-8")
    ]
    assert set(sleeping) == allowed


# ---------------------------------------------------------------- stairs


def imported_libraries(path: Path) -> set[str]:
    """Top names of the absolute imports of a file."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.partition(".")[0])
    return names


def users_of_libraries() -> dict[str, set[str]]:
    """Modules of carcheck_desktop and drivers by the owned library that they import."""
    users: dict[str, set[str]] = {}
    for path in python_files("carcheck_desktop", "drivers"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for library in imported_libraries(path) & OWNERS.keys():
            users.setdefault(library, set()).add(module.removeprefix("carcheck_desktop."))
    return users


def test_each_library_stays_in_its_room() -> None:
    strays = [
        f"{module} imports {library}"
        for library, modules in users_of_libraries().items()
        for module in modules
        if not any(module == room or module.startswith(room + ".") for room in OWNERS[library])
    ]
    assert not strays


def contracts() -> list[dict[str, object]]:
    """The import contracts of pyproject.toml."""
    read = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return list(read["tool"]["importlinter"]["contracts"])


def test_each_library_in_use_has_its_import_contract() -> None:
    guarded = {str(name) for contract in contracts() for name in contract.get("protected_modules", [])}  # type: ignore[attr-defined]
    assert users_of_libraries().keys() - guarded == set()


def test_no_room_stands_in_parentheses_after_it_was_built() -> None:
    stairs = next(contract for contract in contracts() if contract["id"] == "stairs")
    waiting = {name for layer in stairs["layers"] for name in re.findall(r"\((\w+)\)", layer)}  # type: ignore[attr-defined]
    built = {path.relative_to(ROOT).parts[1] for path in python_files("carcheck_desktop")}
    assert waiting & built == set()


PLANTED = {
    "Stairs": ("carcheck_desktop/base/planted.py", "import carcheck_desktop.domain.ports"),
    "domain and standards are pure": ("carcheck_desktop/domain/planted.py", "import random"),
    "A driver sees devices.api only": ("drivers/planted_make/driver.py", "import carcheck_desktop.base.clock"),
    "Nobody imports a driver": ("carcheck_desktop/devices/machinery/planted.py", "import drivers.planted_make.driver"),
}


def test_the_contracts_refuse_planted_bad_imports(tmp_path: Path) -> None:
    for path in python_files("carcheck_desktop", "drivers"):
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    for place, line in PLANTED.values():
        target = tmp_path / place
        target.parent.mkdir(parents=True, exist_ok=True)
        (target.parent / "__init__.py").touch()
        target.write_text(line + "\n", encoding="utf-8")
    lint_imports = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint_imports, "--no-logo", "--no-cache"], cwd=tmp_path, capture_output=True, check=False)
    said = done.stdout.decode("utf-8")
    assert done.returncode == 1, said
    for name in PLANTED:
        assert re.search(rf"^{name}.* BROKEN$", said, re.MULTILINE), f"{name}\n{said}"

"""One dossier, one writer: held while its process lives, free the instant it dies, silent where nothing locks."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from conseil_dla.dossiers import lock, store
from conseil_dla.dossiers.lock import OpenElsewhere, holder, marker_of, take

HOLDING = """\
import sys, time
from pathlib import Path
from conseil_dla.dossiers.lock import take
lock = take(Path(sys.argv[1]))
print("held" if lock.is_real else "free", flush=True)
sys.stdin.readline()
lock.release()
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and modes of POSIX")


@contextmanager
def another_process(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A second process that holds the lock of a dossier until its input ends."""
    command = [sys.executable, "-c", HOLDING, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    return store.create(tmp_path, "Un projet que personne ne doit lire ici")


def left_by(path: Path, machine: str, *, hours: float = 0) -> Path:
    """A marker such as a synchronised folder brings, and a dossier that nothing touched for some hours."""
    marker = marker_of(path)
    record = {"machine": machine, "empreinte": "0" * 12, "depuis": "2026-03-12T10:42:00+01:00", "jeton": "x"}
    marker.write_text(json.dumps(record), encoding="utf-8")
    past = time.time() - 3600 * hours
    for file in (marker, path):
        os.utime(file, (past, past))
    return marker


def test_a_dossier_held_by_another_process_is_refused_until_it_leaves(dossier: Path) -> None:
    with another_process(dossier) as process:
        for anyway in (False, True):
            with pytest.raises(OpenElsewhere) as caught:
                take(dossier, anyway=anyway)
            assert not caught.value.holder.is_doubtful
            assert caught.value.holder.machine == ""
        seen = holder(dossier)
        assert seen is not None
        assert abs(seen.since.timestamp() - time.time()) < 60
        process.communicate("\n")
        assert not marker_of(dossier).exists(), "removed on leaving"
        assert holder(dossier) is None
        take(dossier).release()


def test_after_kill_9_the_next_one_enters_without_a_question(dossier: Path) -> None:
    with another_process(dossier) as process:
        kill(process)
        assert marker_of(dossier).exists(), "nobody was left to remove it"
        assert holder(dossier) is None
        with take(dossier) as mine:
            assert mine.is_real
        assert not marker_of(dossier).exists()


def test_a_killed_holder_is_found_dead_even_when_this_machine_has_changed_its_name(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = lock._machine()[1]
    if not card:
        pytest.skip("the network card of this machine cannot be told")
    with another_process(dossier) as process:
        kill(process)
    monkeypatch.setattr(lock, "_machine", lambda: ("portable.maison", card))
    with take(dossier) as mine:
        assert mine.is_real


def test_two_windows_of_one_process_exclude_each_other(dossier: Path) -> None:
    with take(dossier), pytest.raises(OpenElsewhere):
        take(dossier)
    with take(dossier) as again:
        assert again.is_real


def test_the_same_dossier_by_a_link_has_the_same_lock(dossier: Path, tmp_path: Path) -> None:
    link = tmp_path / "ailleurs" / "lien.yaml"
    link.parent.mkdir()
    link.symlink_to(dossier)
    with take(link), pytest.raises(OpenElsewhere):
        take(dossier)


def test_looking_takes_nothing_and_makes_nothing(dossier: Path) -> None:
    assert holder(dossier) is None
    assert not marker_of(dossier).exists()
    with take(dossier):
        before = marker_of(dossier).read_bytes()
        assert holder(dossier) is not None
        assert marker_of(dossier).read_bytes() == before


def test_a_list_that_looks_never_makes_an_opening_fail(dossier: Path) -> None:
    looking = (
        "import sys, time\nfrom pathlib import Path\nfrom conseil_dla.dossiers.lock import holder\n"
        "print('ready', flush=True)\n"
        "while True:\n    holder(Path(sys.argv[1]))\n    time.sleep(0.001)\n"
    )
    command = [sys.executable, "-c", looking, str(dossier)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            for _ in range(30):
                with take(dossier) as mine:
                    assert mine.is_real
                marker_of(dossier).touch()
        finally:
            process.kill()


def test_the_marker_is_no_dossier_and_says_nothing_of_it(dossier: Path) -> None:
    with take(dossier):
        marker = marker_of(dossier)
        assert [one.path for one in store.listing(dossier.parent)] == [dossier]
        assert "personne ne doit lire" not in marker.read_text(encoding="utf-8")
        if sys.platform != "win32":
            assert marker.stat().st_mode & 0o077 == 0


def test_another_machine_is_believed_until_an_hour_of_silence(dossier: Path) -> None:
    marker = left_by(dossier, "PC-MARIE")
    with pytest.raises(OpenElsewhere) as caught:
        take(dossier)
    assert (caught.value.holder.machine, caught.value.holder.is_doubtful) == ("PC-MARIE", False)
    assert caught.value.holder.since.isoformat().startswith("2026-03-1")
    left_by(dossier, "PC-MARIE", hours=2)
    before = marker.read_bytes()
    with pytest.raises(OpenElsewhere) as caught:
        take(dossier)
    assert caught.value.holder.is_doubtful
    assert marker.read_bytes() == before, "the refused one writes nothing"
    dossier.touch()
    assert not holder(dossier).is_doubtful, "a dossier being written is a sign of life"  # type: ignore[union-attr]


def test_a_silent_marker_of_another_machine_may_be_passed_over(dossier: Path) -> None:
    marker = left_by(dossier, "PC-MARIE", hours=2)
    with take(dossier, anyway=True) as mine:
        assert mine.is_real
        assert "PC-MARIE" not in marker.read_text(encoding="utf-8")
    assert not marker.exists()


def test_leaving_does_not_remove_the_marker_of_who_came_since(dossier: Path) -> None:
    mine = take(dossier)
    left_by(dossier, "PC-MARIE")
    mine.release()
    assert "PC-MARIE" in marker_of(dossier).read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"machine": 3}', "\x00" * 9000])
def test_a_spoilt_marker_stops_nobody(dossier: Path, text: str) -> None:
    marker_of(dossier).write_text(text, encoding="utf-8")
    with take(dossier) as mine:
        assert mine.is_real


@pytest.mark.parametrize("since", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00"])
def test_a_marker_from_the_ends_of_the_calendar_is_read(dossier: Path, since: str) -> None:
    marker_of(dossier).write_text(json.dumps({"machine": "PC-MARIE", "depuis": since}), encoding="utf-8")
    assert holder(dossier) is not None


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EIO])
def test_where_the_file_system_knows_no_locks_nothing_is_said(
    dossier: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(handle: int, *, shared: bool) -> None:
        raise OSError(number, "no locks")

    monkeypatch.setattr(lock, "_lock", cannot)
    with take(dossier) as mine:
        assert not mine.is_real
        assert not marker_of(dossier).exists(), "nothing is left behind"
        take(dossier).release()
    assert holder(dossier) is None


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_where_the_folder_is_read_only_nothing_is_said(
    dossier: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_: object) -> int:
        raise OSError(number, "read only")

    monkeypatch.setattr(os, "open", cannot)
    assert not take(dossier).is_real
    assert holder(dossier) is None


@posix
def test_the_marker_of_another_account_is_believed_then_passed_over(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its content cannot be read; whether it can be removed depends on the folder."""
    marker = left_by(dossier, "PC-MARIE")
    marker.chmod(0)
    opened = os.open

    def denied(path: object, *rest: int) -> int:
        if Path(str(path)) == marker and marker.exists() and not marker.stat().st_mode & 0o200:
            raise PermissionError(errno.EACCES, "denied")
        return opened(path, *rest)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(os, "open", denied)
    with pytest.raises(OpenElsewhere) as caught:
        take(dossier)
    assert not caught.value.holder.is_doubtful
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", denied)
        assert not take(dossier, anyway=True).is_real
        assert marker.exists()
    with take(dossier, anyway=True) as mine:
        assert mine.is_real
        assert "PC-MARIE" not in marker.read_text(encoding="utf-8")


@posix
@pytest.mark.parametrize("left", [b"", b'{"a_savoir": "Ce dos'])
def test_the_marker_that_a_full_disk_left_empty_goes_too(
    dossier: Path, left: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int, token: str) -> None:
        os.write(handle, left)
        raise OSError(28, "disque plein")

    monkeypatch.setattr(lock, "_write", full)
    with lock.take(dossier) as held:
        assert held.is_real
        assert marker_of(dossier).read_bytes() == left
    assert not marker_of(dossier).exists()


def test_a_stopped_process_still_holds(dossier: Path) -> None:
    with another_process(dossier) as process:
        process.send_signal(signal.SIGSTOP)
        with pytest.raises(OpenElsewhere):
            take(dossier)


@posix
def test_who_locks_a_marker_just_removed_does_not_enter(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last holder removed it between our opening and our lock, and another one has made a new file since."""
    real, others = lock._lock, list[lock.Lock]()

    def late(handle: int, *, shared: bool) -> None:
        monkeypatch.setattr(lock, "_lock", real)
        marker_of(dossier).unlink()
        others.append(take(dossier))
        real(handle, shared=shared)

    monkeypatch.setattr(lock, "_lock", late)
    with pytest.raises(OpenElsewhere):
        take(dossier)
    others[0].release()


@posix
def test_many_that_come_and_go_are_never_two_at_once(dossier: Path, tmp_path: Path) -> None:
    """Removing the marker while others wait for it must not let two in, each with a file of its own."""
    turns = (
        "import os, sys\nfrom pathlib import Path\nfrom conseil_dla.dossiers.lock import OpenElsewhere, take\n"
        "inside = Path(sys.argv[2])\n"
        "done = 0\n"
        "while done < 40:\n"
        "    try:\n"
        "        with take(Path(sys.argv[1])) as lock:\n"
        "            assert lock.is_real\n"
        "            os.close(os.open(inside, os.O_CREAT | os.O_EXCL))\n"
        "            inside.unlink()\n"
        "            done += 1\n"
        "    except OpenElsewhere:\n"
        "        pass\n"
    )
    command = [sys.executable, "-c", turns, str(dossier), str(tmp_path / "dedans")]
    crowd = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    for process in crowd:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said

import pytest

from playground.faults import Faults
from playground.page.switches import SWITCHES, flip


@pytest.mark.parametrize("name", [switch.name for switch in SWITCHES])
def test_a_switch_goes_on_and_off_again_alone(name: str) -> None:
    faults = Faults()

    flip(faults, name)
    on = [switch.name for switch in SWITCHES if switch.is_on(faults)]
    flip(faults, name)

    assert on == [name]
    assert not any(switch.is_on(faults) for switch in SWITCHES)
    assert faults.pending == []


def test_all_off_turns_everything_off() -> None:
    faults = Faults()
    for switch in SWITCHES:
        flip(faults, switch.name)

    flip(faults, "none")

    assert not any(switch.is_on(faults) for switch in SWITCHES)


def test_a_fault_that_was_told_elsewhere_stays() -> None:
    faults = Faults()
    faults.fail("users.info")

    flip(faults, "slow")
    flip(faults, "none")

    assert [fault.method for fault in faults.pending] == ["users.info"]


def test_an_unknown_switch_is_refused() -> None:
    with pytest.raises(LookupError):
        flip(Faults(), "earthquake")

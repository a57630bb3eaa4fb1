"""A project's phases and gates as a picture: a flow chart in Mermaid's text. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from services.fund.domain.project.state import Phase, Project

DECISIONS = {
    "continue": "continue 継続",
    "change": "change 見直し",
    "stop": "stop 中止",
    "graduate": "graduate 卒業",
}


def picture(state: Project) -> str:
    """The flow chart of a project: each phase, the gate after it, and where it stands."""
    return "\n".join(_lines(state)) + "\n"


def _lines(state: Project) -> Iterator[str]:
    yield "flowchart LR"
    reached: list[str] = []
    for phase in state.phases:
        number = phase.number
        yield f'  P{number}["{_words(phase)}"]'
        yield f'  G{number}{{"Stage gate {number}<br/>ステージゲート"}}'
        yield f"  P{number} --> G{number}"
        decided = phase.gate.decided
        if decided is not None and decided.decision in ("stop", "graduate"):
            yield f'  E(["{DECISIONS[decided.decision]}"])'
            yield f'  G{number} -- "{decided.on}" --> E'
            reached += [f"P{number}", f"G{number}"]
            break
        if number < len(state.phases):
            said = f' -- "{DECISIONS[decided.decision]}"' if decided else ""
            yield f"  G{number}{said} --> P{number + 1}"
        if decided is not None:
            reached += [f"P{number}", f"G{number}"]
    if reached:
        yield f"  class {','.join(reached)} done"
        yield "  classDef done fill:#dde5dd,stroke:#4a6a4a"
    current = state.current
    if current is not None:
        yield f"  class {'G' if current.ended else 'P'}{current.number} now"
        yield "  classDef now fill:#fff4cc,stroke:#8a6d00,stroke-width:3px"


def _words(phase: Phase) -> str:
    plan = phase.plan
    # A quotation mark or bracket of a title would end the box it stands in.
    title = "".join(character for character in plan.title if character not in '"<>[]{}')
    money = f"{phase.paid - phase.returned:,} / {plan.yen:,} yen"
    return (
        f"Phase {phase.number} フェーズ{phase.number}<br/>{title}<br/>"
        f"{plan.begins} - {plan.ends}<br/>TRL {plan.trl_aim}<br/>{money}"
    )

"""The papers attached to a plan: which, of which kind, and how old (METI Order Arts. 9(2), 17)."""

from __future__ import annotations

from collections.abc import Iterable

from services.infra_review.plan import articles
from services.infra_review.plan.asked import Asked
from services.infra_review.plan.lookback import earliest_paper
from services.infra_review.plan.model import Document, Officer, Party
from services.infra_review.plan.rule import Hit, Rulebook
from services.infra_review.plan.walk import Found

BOOK = Rulebook()

REGISTRY = frozenset({"registry_certificate", "registry_equivalent"})
OF_NATIONALS = frozenset(
    {"passport_copy", "family_register_extract", "family_register_statement", "residence_record"}
)
OF_FOREIGNERS = frozenset(
    {"passport_copy", "residence_card", "special_permanent_resident_certificate", "other_identity_paper"}
)


@BOOK.rule("registry_missing", articles.REGISTRY, over="open_parties")
def registry(found: Found[Party], asked: Asked) -> Iterable[Hit]:
    """A certificate for each party, unless a change is filed and nothing it shows has changed."""
    if found.it.registry is None and not asked.known.registry(found):
        yield "/registry", {}


@BOOK.rule("registry_of_another_kind", articles.REGISTRY, over="open_parties")
def registry_kind(found: Found[Party], _: Asked) -> Iterable[Hit]:
    """A certificate of the register, or what stands for one abroad or for an individual."""
    paper = found.it.registry
    if paper is not None and paper.kind not in REGISTRY:
        yield "/registry/kind", {"kind": paper.kind, "known": ", ".join(sorted(REGISTRY))}


@BOOK.rule("identity_paper_missing", articles.PERSONAL_PAPER, over="officers")
def identity_paper(found: Found[Officer], asked: Asked) -> Iterable[Hit]:
    """A paper for each officer, unless Art. 17 excuses those of a re-contractor."""
    if found.it.identity is None and not asked.known.identity(found):
        yield "/identity", {"name": found.it.name or "?"}


@BOOK.rule("identity_paper_of_another_kind", articles.PERSONAL_PAPER, over="officers")
def identity_kind(found: Found[Officer], _: Asked) -> Iterable[Hit]:
    """Nationals and foreigners prove who they are by different papers."""
    paper, nationality = found.it.identity, found.it.nationality
    if paper is None or nationality is None:
        return
    kinds = OF_NATIONALS if nationality == "JP" else OF_FOREIGNERS
    if paper.kind not in kinds:
        yield "/identity/kind", {"kind": paper.kind, "known": ", ".join(sorted(kinds))}


@BOOK.rule("relief_proof_of_another_kind", articles.RELIEF, over="reliefs")
def relief_proof_kind(found: Found[object], _: Asked) -> Iterable[Hit]:
    """What proves the relief is filed as such, so that the official finds it."""
    paper = getattr(found.it, "proof", None)
    if paper is not None and paper.kind != "relief_proof":
        yield "/proof/kind", {"kind": paper.kind}


@BOOK.rule("paper_undated", articles.PAPERS, over="dated_papers")
def undated(found: Found[Document], _: Asked) -> Iterable[Hit]:
    """A paper has a last day of validity or the day it was made."""
    if found.it.valid_until is None and found.it.made_on is None:
        yield "", {"name": found.it.name}


@BOOK.rule("paper_expired", articles.PAPERS, over="dated_papers")
def expired(found: Found[Document], asked: Asked) -> Iterable[Hit]:
    """A paper with a last day of validity is valid on the day of filing."""
    last = found.it.valid_until
    if last is not None and last < asked.on:
        yield "/valid_until", {"name": found.it.name, "last": last, "on": asked.on}


@BOOK.rule("paper_too_old", articles.PAPERS, over="dated_papers")
def too_old(found: Found[Document], asked: Asked) -> Iterable[Hit]:
    """Any other paper was made within the three months before filing (当該届出の日前三月以内)."""
    made, earliest = found.it.made_on, earliest_paper(asked.on)
    if found.it.valid_until is None and made is not None and made < earliest:
        yield "/made_on", {"name": found.it.name, "made": made, "earliest": earliest}


@BOOK.rule("paper_from_the_future", articles.PAPERS, over="papers")
def from_the_future(found: Found[Document], asked: Asked) -> Iterable[Hit]:
    """No paper is younger than the filing it is attached to."""
    if found.it.made_on is not None and found.it.made_on > asked.on:
        yield "/made_on", {"name": found.it.name, "made": found.it.made_on, "on": asked.on}


@BOOK.rule("paper_digest_malformed", articles.PAPERS, over="papers")
def digest(found: Found[Document], _: Asked) -> Iterable[Hit]:
    """The digest is 64 lower-case hexadecimal digits."""
    if len(found.it.sha256) != 64 or set(found.it.sha256) - set("0123456789abcdef"):
        yield "/sha256", {"name": found.it.name}

"""The form of result.json, as any version has written it: what is taken of it, and how much."""

from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field, StringConstraints, TypeAdapter
from typing_extensions import TypedDict  # pydantic's own, for Python 3.11

from oqsgen.limits import RESULT_NUMBERS, RESULT_STEPS

Status = Literal[
    "ok",
    "changed",
    "drift",
    "failed",
    "manual",
    "skipped",
    "unknown",
    "not-applicable",
    "restart",
]
Text = Annotated[str, StringConstraints(max_length=400)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._ -]{0,79}$")]
Time = Annotated[str, StringConstraints(pattern=r"^20\d\d-[01]\d-[0-3]\d [0-2]\d:[0-5]\d:[0-5]\d$")]


class FacilityForm(TypedDict):
    """Whose terminal it is."""

    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{10}$")]
    name: Text


class BundleForm(TypedDict):
    """With what it was set up."""

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8,64}$")]
    terminal: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,15}$")]
    facility: FacilityForm
    tool: NotRequired[Text]
    manual: NotRequired[Text]
    mode: NotRequired[Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,20}$")]]


class StepForm(TypedDict):
    """How a step ended."""

    id: Id
    kind: Annotated[str, StringConstraints(max_length=80)]
    scope: Literal["machine", "user"]
    status: Status


class NumberForm(TypedDict):
    """A number of the visit; since 0.2.0."""

    label: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3}[a-z]?$")]
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{0,40}$")]
    title: Text
    person: NotRequired[Text | None]
    owner: Text
    outside: Annotated[list[Text], Field(max_length=20)]
    needs: Annotated[list[Text], Field(max_length=100)]
    steps: Annotated[list[Id], Field(max_length=RESULT_STEPS.value)]
    open: bool


class ResultForm(TypedDict):
    """What a result has to be. The rest of the file is parsed, and not looked at."""

    format: Literal[1]
    run: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    bundle: BundleForm
    computer: Text
    account: Text
    mode: Literal["Apply", "Verify", "Rollback"]
    started: Time
    finished: Time
    exit: Annotated[int, Field(ge=0, le=255)]
    steps: Annotated[list[StepForm], Field(max_length=RESULT_STEPS.value)]


class DetailStepForm(StepForm):
    """A step with what was said of it, what was found, and the mark where a person said that it is done."""

    message: NotRequired[Any]
    actual: NotRequired[Annotated[Any, Field(alias="found")]]
    confirmation: NotRequired[Annotated[Any, Field(alias="done")]]


class DetailForm(TypedDict):
    """What is looked at of the newest results alone."""

    steps: list[DetailStepForm]
    numbers: NotRequired[Any]


class CertificateForm(TypedDict):
    """A certificate as the kinds of certificates find it; ``to`` is its last day as 20300228."""

    thumbprint: Annotated[str, StringConstraints(pattern=r"^[0-9A-Fa-f]{4,64}$")]
    subject: NotRequired[Text]
    to: Annotated[int, Field(ge=20000101, le=29991231)]


RESULT = TypeAdapter(ResultForm)
DETAIL = TypeAdapter(DetailForm)
NUMBERS = TypeAdapter(Annotated[list[NumberForm], Field(max_length=RESULT_NUMBERS.value)])
CERTIFICATE = TypeAdapter(CertificateForm)

"""What anybody handed in to be checked, whatever it is: looked at by what it says of itself."""

from certificates.credentials.reading import is_json, read_credential
from certificates.traces import Traces, read_traces


def traces_of(data: bytes) -> Traces:
    """A PDF is searched, a credential read; see there for what is never done to either."""
    return read_credential(data) if is_json(data) else read_traces(data)

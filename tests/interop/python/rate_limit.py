"""A server that allows few requests: what the SDK makes of 429. Its limit is 20 requests in 10 seconds."""

import time

import check
from sdk import configuration, client_of, class_of
from suite import Api


def run() -> None:
    """Reads wait as long as the server says and succeed; a write is refused with the error of the SDK."""
    api = Api("segments", class_of("segments", "segments_api", "SegmentsApi"), configuration())
    begun = time.monotonic()
    for _ in range(25):
        api.list_segments(limit=1)
    check.that(time.monotonic() - begun > 1, "The SDK was not slowed down.")
    statuses = []
    for _ in range(25):
        api.current = "create_segment"
        arguments = api.prepared("create_segment", api.named("create_segment", (), {"body": {"name": "x"}}))
        try:
            api.send(api.client, "create_segment", arguments)
        except Exception as error:  # The SDK's exception depends on its package.
            statuses.append(error.status)
            if error.status == 429:
                check.that(int(error.headers["Retry-After"]) > 0, "Retry-After")
                check.that(error.data is None or error.data.message, "an error 429 without a text")
                return
    raise AssertionError(f"Nothing was refused with 429: {statuses}")

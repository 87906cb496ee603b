"""Runs the suites against the server of `SAIL_BASE_URL`; prints what failed, and a summary. Exits with 1 if something did.

Arguments are names of suites; without any all are run. `rate-limit` is another server's. The suite of sources is in two
files, of which source_settings.py is the one to run.
"""

import importlib
import os
import sys
import tempfile
from collections import Counter
from importlib.metadata import version

import rate_limit
from sdk import FAMILY, configuration

SUITES = """
entitlements source_settings accounts identities public_identities segments governance_groups access_model_metadata tags
tagged_objects task_management access_requests entitlement_connections personal_access_tokens oauth_clients auth_users
""".split()


def main(names: list[str]) -> int:
    """Returns the number of failures."""
    os.chdir(tempfile.mkdtemp())  # The SDK writes responses that are files into the current folder.
    if names == ["rate-limit"]:
        rate_limit.run()
        print("  rate limit: passed")
        return 0
    config = configuration()
    totals = Counter()
    for name in names or SUITES:
        results = importlib.import_module(name).suite.run(config)
        counts = Counter(outcome for _, outcome, _ in results)
        totals += counts
        print(f"  {name}: " + ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())), flush=True)
        for method, outcome, message in results:
            if outcome == "failed":
                print(f"    {method}\n      " + message.strip().replace("\n", "\n      "), flush=True)
    print(f"  sailpoint {version('sailpoint')} {FAMILY}: {totals['passed']} methods, {totals['not served']} not served", flush=True)
    return totals["failed"]


sys.exit(1 if main(sys.argv[1:]) else 0)

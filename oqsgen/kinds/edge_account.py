"""Whether Edge is signed in to a Microsoft account. Source: Chromium, account_tracker_service.cc."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("edge-account", "user", target="browser", wanted="signedIn", changes=False)


def signed_out() -> Action:
    """No profile of the person's Edge is signed in."""
    return KIND.action({"browser": "edge"}, {"signedIn": False})

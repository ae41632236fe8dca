"""The one kind of failure that a user sees: a line that says what is wrong and what to do."""

FAILED = 1  # it could not be done
MISUSED = 2  # it was asked for wrongly


class Fault(Exception):
    """Ends the launcher with `message` on standard error and `code` as the exit status."""

    def __init__(self, message, code=FAILED, detail=""):
        super().__init__(message)
        self.message = message
        self.code = code
        self.detail = detail

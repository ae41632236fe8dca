"""Where everything lies: the project's own files and what a deployment keeps under .paidan/."""

import hashlib
import os
import pathlib
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
STATE = ROOT / ".paidan"
KAFKA_LIBS = STATE / "kafka" / "libs"
TOOLS = STATE / "tools"
DEPLOY = ROOT / "deploy"

# A unix socket's address is 108 bytes with its closing zero.
SOCKET_PATH_MAX_BYTES = 100


class Layout:
    """The folders of one deployment: `up` lives in .paidan, the demo in .paidan/demo."""

    def __init__(self, name, base):
        self.name = name
        self.base = pathlib.Path(base)
        self.run = self.base / "run"
        self.logs = self.base / "logs"
        self.config = self.base / "config"
        self.secrets = self.base / "secrets"
        self.kafka_data = self.run / "kafka"
        self.redis_data = self.run / "redis"
        self.lock = self.run / "lock"
        self.plan = self.run / "plan.json"
        self.deployment = self.run / "deployment.json"

    def redis_socket(self):
        """In the deployment's folder, or in a private temporary one if that path is too long."""
        path = self.run / "redis.sock"
        if len(os.fsencode(path)) <= SOCKET_PATH_MAX_BYTES:
            return path
        digest = hashlib.sha256(os.fsencode(self.run)).hexdigest()[:12]
        return pathlib.Path(tempfile.gettempdir()) / f"paidan-{os.getuid()}-{digest}" / "redis.sock"

    def make(self):
        """Creates the folders; data, logs and secrets are readable by their owner only."""
        for folder in (self.run, self.logs, self.config, self.secrets,
                       self.kafka_data, self.redis_data, self.redis_socket().parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)


UP = Layout("up", STATE)
DEMO = Layout("demo", STATE / "demo")


def deployments():
    """Every deployment that this project folder can have."""
    return (UP, DEMO)


def binary(preset, name):
    """The path of a built program."""
    return ROOT / "build" / preset / "bin" / name

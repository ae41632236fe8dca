"""The services of a deployment, and the steps that start it: data that every command shares."""

import base64
import secrets as random_source
import subprocess

from launcher import settings
from launcher.fault import MISUSED, Fault
from launcher.layout import DEPLOY, KAFKA_LIBS, ROOT, binary

HEAP_MB = 512
READY_S = 60
COMMAND_S = 60

# In starting order. Intake is last: traffic begins when the rest is ready, and it stops first.
SERVICES = (
    ("classification", "paidan-classification",
     {"classification": 7002, "classification.monitor": 9102}),
    ("dispatch", "paidan-dispatch", {"dispatch": 7003, "dispatch.monitor": 9103}),
    ("sla_monitor", "paidan-sla-monitor", {"sla_monitor": 7004, "sla_monitor.monitor": 9104}),
    ("views", "paidan-views", {"views.monitor": 9105}),
    ("intake", "paidan-intake", {"intake": 7001, "intake.monitor": 9101}),
)
BINARIES = tuple(program for _, program, _ in SERVICES) + ("paidanctl",)


def default_ports():
    """{name: port} of everything that listens on TCP."""
    ports = {"kafka": 19092, "kafka.controller": 19093}
    for _, _, own in SERVICES:
        ports.update(own)
    return ports


class Deployment:
    """What is asked for: where it lives, which city, which time, which ports, which build."""

    def __init__(self, layout, city, time_source, ports, preset):
        self.layout = layout
        self.city = city
        self.time_source = time_source
        self.ports = ports
        self.preset = preset

    def overrides(self):
        """The values that this deployment sets in the shipped configuration, by flat name."""
        layout, port = self.layout, self.ports
        return {
            "kafka.brokers": f"127.0.0.1:{port['kafka']}",
            "redis.address": f"unix:{layout.redis_socket()}",
            "peers.intake": f"127.0.0.1:{port['intake']}",
            "peers.classification": f"127.0.0.1:{port['classification']}",
            "peers.dispatch": f"127.0.0.1:{port['dispatch']}",
            "peers.sla_monitor": f"127.0.0.1:{port['sla_monitor']}",
            "pack": self.city,
            "secrets_dir": layout.secrets,
            "tokens_file": layout.secrets / "tokens.yaml",
            "tokens_dir": layout.secrets / "tokens",
            "time.source": self.time_source,
        }

    def service_overrides(self, name):
        """The same plus what is the service's own: its two ports."""
        own = {"monitor.listen": f"127.0.0.1:{self.ports[name + '.monitor']}"}
        if name in self.ports:
            own["grpc.listen"] = f"127.0.0.1:{self.ports[name]}"
        return {**self.overrides(), **own}

    def require_binaries(self):
        """Refuses to start what has not been built."""
        for name in BINARIES:
            if not binary(self.preset, name).exists():
                raise Fault(f"build/{self.preset}/bin/{name} is missing; run ./paidan build"
                            + ("" if self.preset == "release" else f" --preset {self.preset}"))

    def require_pack(self):
        """Refuses a city that cannot be loaded, in the words of the loader."""
        done = subprocess.run([str(binary(self.preset, "paidanctl")), "check-pack", self.city],
                              cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode != 0:
            raise Fault(f"the city pack '{self.city}' cannot be used", MISUSED,
                        "\n".join(done.stdout.splitlines()[-20:]))

    def write_config(self):
        """Writes every effective configuration."""
        for name in [name for name, _, _ in SERVICES] + ["paidanctl"]:
            shipped = settings.parse((DEPLOY / "config" / f"{name}.yaml").read_text(),
                                     f"deploy/config/{name}.yaml")
            own = self.overrides() if name == "paidanctl" else self.service_overrides(name)
            head = f"Written by ./paidan from deploy/config/{name}.yaml; edit that one."
            text = settings.render(settings.merge(shipped, own), head)
            (self.layout.config / f"{name}.yaml").write_text(text)
        self._write_kafka_config()
        self._write_redis_config()

    def _write_kafka_config(self):
        text = (DEPLOY / "kafka" / "server.properties").read_text()
        for name, value in (("PORT", self.ports["kafka"]),
                            ("CONTROLLER_PORT", self.ports["kafka.controller"]),
                            ("LOG_DIR", self.layout.kafka_data)):
            text = text.replace(f"@{name}@", str(value))
        (self.layout.config / "kafka.properties").write_text(text)

    def _write_redis_config(self):
        (self.layout.config / "redis.conf").write_text(
            "# Written by ./paidan. No TCP port: only the owner of the socket's folder gets in.\n"
            f'port 0\nunixsocket "{self.layout.redis_socket()}"\nunixsocketperm 700\n'
            f'dir "{self.layout.redis_data}"\nappendonly yes\nappendfsync everysec\nsave ""\n'
            "maxmemory 1gb\nmaxmemory-policy noeviction\ndaemonize no\n")

    def steps(self):
        """The plan that the supervisor follows."""
        control = [str(binary(self.preset, "paidanctl")), "--config",
                   str(self.layout.config / "paidanctl.yaml")]
        return self._format_steps() + [
            self._process("kafka", java("kafka.Kafka", HEAP_MB) + [
                str(self.layout.config / "kafka.properties")],
                {"kafka": self.ports["kafka"], "controller": self.ports["kafka.controller"]},
                {"kind": "tcp", "port": self.ports["kafka"]}),
            self._process("redis", ["redis-server", str(self.layout.config / "redis.conf")], {},
                          {"kind": "redis", "path": str(self.layout.redis_socket())}),
            self._command("make-secrets",
                          control + ["make-secrets", "--dir", str(self.layout.secrets)]),
            {"kind": "ready", "deadline_s": READY_S},
            self._command("create-topics", control + ["topics", "create"], attempts=3),
        ] + [self._service(name, program) for name, program, _ in SERVICES] + [
            {"kind": "ready", "deadline_s": READY_S}]

    def _format_steps(self):
        """Kafka's data folder is formatted once in its life."""
        if (self.layout.kafka_data / "meta.properties").exists():
            return []
        return [self._command("format-kafka", java("kafka.tools.StorageTool") + [
            "format", "--cluster-id", self._cluster_id(),
            "--config", str(self.layout.config / "kafka.properties")])]

    def _service(self, name, program):
        monitor = self.ports[f"{name}.monitor"]
        ports = {"monitor": monitor}
        if name in self.ports:
            ports["grpc"] = self.ports[name]
        return self._process(
            name, [str(binary(self.preset, program)), "--config",
                   str(self.layout.config / f"{name}.yaml")],
            ports, {"kind": "http", "port": monitor, "path": "/readyz"})

    def _process(self, name, argv, ports, probe):
        return {"kind": "process", "name": name, "argv": argv, "cwd": str(ROOT), "ports": ports,
                "probe": probe, "log": str(self.layout.logs / f"{name}.log"), "grace_s": 10}

    def _command(self, name, argv, attempts=1):
        return {"kind": "command", "name": name, "argv": argv, "cwd": str(ROOT),
                "attempts": attempts, "deadline_s": COMMAND_S,
                "log": str(self.layout.logs / f"{name}.log")}

    def _cluster_id(self):
        """A new id of 16 bytes in Kafka's form."""
        return base64.urlsafe_b64encode(random_source.token_bytes(16)).decode().rstrip("=")


def java(main_class, heap_mb=128):
    """The command line of one of Kafka's programs."""
    return ["java", f"-Xmx{heap_mb}m", f"-Xms{heap_mb}m", "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20", "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
            "-Xlog:disable", "-cp", f"{KAFKA_LIBS}/*", main_class]

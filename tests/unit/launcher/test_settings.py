"""The shipped configuration is read right, and what is written can be read again."""

import unittest

import support  # noqa: F401  (sets the import path)
from launcher import packages, services, settings
from launcher.fault import Fault
from launcher.layout import DEPLOY, Layout

SAMPLE = """\
# a comment
kafka:
  brokers: 127.0.0.1:19092   # the broker
  topic_prefix: paidan.
log:
  level: "in#fo"
workers: 1
"""


class Settings(unittest.TestCase):
    def test_nested_keys_become_flat_names(self):
        self.assertEqual(settings.parse(SAMPLE, "x.yaml"), {
            "kafka.brokers": "127.0.0.1:19092", "kafka.topic_prefix": "paidan.",
            "log.level": "in#fo", "workers": "1"})

    def test_what_cannot_be_read_is_told_with_its_line(self):
        for text, line in (("a\n", 1), ("a: 1\n   b: 2\n", 2), ("a: 1\na: 2\n", 2), ("- a\n", 1),
                           ("a: 1\n  b: 2\n", 2)):
            with self.subTest(text), self.assertRaisesRegex(Fault, rf"x\.yaml:{line}: "):
                settings.parse(text, "x.yaml")

    def test_what_is_written_reads_the_same(self):
        values = {"kafka.brokers": "127.0.0.1:1", "kafka.group.id": "a b", "secrets_dir": "/x y/#z",
                  "log.level": "info", "empty": ""}
        self.assertEqual(settings.parse(settings.render(values, "head"), "x"), values)

    def test_a_service_gets_only_the_settings_that_it_has(self):
        merged = settings.merge({"pack": "boston", "workers": "1"},
                                {"pack": "shanghai", "redis.address": "unix:/x"})
        self.assertEqual(merged, {"pack": "shanghai", "workers": "1"})

    def test_every_shipped_file_is_read_and_lists_each_service(self):
        for path in sorted((DEPLOY / "config").glob("*.yaml")):
            self.assertTrue(settings.parse(path.read_text(), path.name), path)
        shipped = {path.stem for path in (DEPLOY / "config").glob("*.yaml")}
        self.assertEqual(shipped, {name for name, _, _ in services.SERVICES} | {"paidanctl"})

    def test_the_shipped_ports_are_those_that_the_launcher_checks(self):
        ports = services.default_ports()
        for name, _, own in services.SERVICES:
            shipped = settings.parse((DEPLOY / "config" / f"{name}.yaml").read_text(), name)
            self.assertEqual(shipped["monitor.listen"], f"127.0.0.1:{ports[name + '.monitor']}")
            if name in own:
                self.assertEqual(shipped["grpc.listen"], f"127.0.0.1:{ports[name]}")
            self.assertEqual(shipped["kafka.brokers"], f"127.0.0.1:{ports['kafka']}")

    def test_a_path_too_long_for_a_socket_gets_a_short_one_elsewhere(self):
        self.assertEqual(Layout("x", "/a").redis_socket().as_posix(), "/a/run/redis.sock")
        elsewhere = Layout("x", "/" + "a" * 120).redis_socket()
        self.assertLess(len(str(elsewhere)), 100)


class Packages(unittest.TestCase):
    def test_the_list_is_names_with_an_optional_command(self):
        self.assertEqual(packages.parse("# c\ng++\nnodejs command=node # why\n\n"),
                         [("g++", None), ("nodejs", "node")])
        with self.assertRaises(Fault):
            packages.parse("a b c\n")

    def test_the_shipped_list_names_no_package_twice(self):
        names = [name for name, _ in packages.parse(packages.LIST.read_text())]
        self.assertEqual(len(names), len(set(names)))
        self.assertIn("redis-server", names)


if __name__ == "__main__":
    unittest.main()

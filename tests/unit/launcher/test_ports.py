"""A taken port is told with its holder; the demo goes around it."""

import os
import socket
import unittest

import support  # noqa: F401  (sets the import path)
from launcher import ports
from launcher.fault import Fault


class Ports(unittest.TestCase):
    def setUp(self):
        self.taken = socket.socket()
        self.addCleanup(self.taken.close)
        self.taken.bind(("127.0.0.1", 0))
        self.taken.listen()
        self.port = self.taken.getsockname()[1]

    def test_a_taken_port_is_refused_with_its_holder_and_what_to_do(self):
        with self.assertRaises(Fault) as raised:
            ports.require_free({"intake": self.port})
        message = raised.exception.message
        self.assertIn(f"port {self.port} (intake) is taken by ", message)
        self.assertIn(f"(pid {os.getpid()})", message)
        self.assertIn("--port intake=NUMBER", message)

    def test_a_free_port_is_accepted(self):
        self.taken.close()
        self.assertTrue(ports.is_free(self.port))
        ports.require_free({"intake": self.port})

    def test_defaults_are_kept_when_free_and_replaced_when_taken(self):
        free = support.free_port()
        chosen = ports.choose({"intake": self.port, "views.monitor": free})
        self.assertEqual(chosen["views.monitor"], free)
        self.assertNotEqual(chosen["intake"], self.port)
        self.assertEqual(len(set(chosen.values())), 2)

    def test_overrides_name_a_known_port_and_a_number(self):
        known = {"intake": 7001, "kafka": 19092}
        self.assertEqual(ports.parse_overrides(["intake=7101"], known), {"intake": 7101})
        for bad in ("intake", "intake=", "intake=x", "intake=0", "intake=65536", "nobody=7"):
            with self.subTest(bad), self.assertRaises(Fault) as raised:
                ports.parse_overrides([bad], known)
            self.assertEqual(raised.exception.code, 2)


if __name__ == "__main__":
    unittest.main()

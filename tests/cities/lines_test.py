"""Towns propose lines and the office decides them, by paidanctl, on a copy of the small pack."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAIDANCTL = os.environ["PAIDANCTL"]
ASK = ("--unit", "t-310101", "--category", "市容/违法搭建", "--duty", "基本", "--reason", "就近")


class Lines(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.pack = Path(self.folder.name) / "small"
        shutil.copytree(ROOT / "tests/data/packs/small", self.pack)
        self.file = self.pack / "responsibility.yaml"
        self.before = self.file.read_text(encoding="utf-8")

    def start(self, command, *arguments):
        call = [PAIDANCTL, command, *arguments]
        # Away from any deployment, whose settings paidanctl would take.
        return subprocess.Popen(call, cwd=self.folder.name, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)

    def run_to_end(self, command, *arguments):
        process = self.start(command, *arguments)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def on_pack(self, command, *arguments):
        return self.run_to_end(command, "--pack", str(self.pack), *arguments)

    def test_a_proposal_is_listed_with_what_it_would_change(self):
        code, out, err = self.on_pack("propose-line", *ASK)
        self.assertEqual((code, err), (0, ""))
        self.assertIn("responsibility.yaml:25; rules version ", out)
        self.assertTrue(self.file.read_text(encoding="utf-8").startswith(self.before))
        code, out, err = self.run_to_end("check-pack", str(self.pack))
        self.assertEqual((code, err), (0, ""))
        self.assertIn("9 responsibility lines, 1 proposed lines", out)
        self.assertIn(
            "proposal: responsibility.yaml:25: t-310101 asks for (市容/违法搭建, area 310101): "
            "changes the lead of 1 of 1 category × area pairs; 就近\n"
            "  市容/违法搭建 at 310101 南京东路街道: cg-3101 -> t-310101\n", out)

    def test_check_pack_names_the_gaps(self):
        _, out, _ = self.run_to_end("check-pack", str(self.pack))
        self.assertIn("gap: taxonomy.yaml:31: category: \"市容/垃圾清运\" has no line and no "
                      "department in 5 of 5 areas", out)

    def test_an_accepted_one_is_a_line(self):
        self.on_pack("propose-line", *ASK)
        code, _, err = self.on_pack("decide-line", "--line", "25", "--accept", "--reason", "同意")
        self.assertEqual((code, err), (0, ""))
        _, out, _ = self.run_to_end("check-pack", str(self.pack))
        self.assertIn("10 responsibility lines, 0 proposed lines", out)
        self.assertNotIn("proposal:", out)

    def test_a_refused_one_stays_for_the_record(self):
        self.on_pack("propose-line", *ASK)
        code, _, err = self.on_pack("decide-line", "--line", "25", "--refuse", "--reason", "不宜")
        self.assertEqual((code, err), (0, ""))
        _, out, _ = self.run_to_end("check-pack", str(self.pack))
        self.assertIn("9 responsibility lines, 1 proposed lines", out)
        self.assertNotIn("proposal:", out)

    def test_nothing_is_changed_by_what_cannot_be(self):
        rows = (
            (("--unit", "gas", *ASK[2:]), "unit \"gas\" is unknown or has no area"),
            ((*ASK[:2], "--category", "无", *ASK[4:]), "25: unknown category \"无\""),
            ((*ASK, "--area", "311502"), "for places that it does not belong to"),
            ((*ASK[:4], "--duty", "收回", "--lead", "t-310101", *ASK[6:]), "收回 means that a "
                                                                          "department leads"),
            ((*ASK[:7], ""), "a reason must have 1 to 1000 bytes"),
        )
        for arguments, why in rows:
            code, out, err = self.on_pack("propose-line", *arguments)
            self.assertEqual((code, out), (1, ""), arguments)
            self.assertIn(why, err)
            self.assertEqual(self.file.read_text(encoding="utf-8"), self.before)

    def test_the_same_is_not_proposed_twice(self):
        self.on_pack("propose-line", *ASK)
        once = self.file.read_bytes()
        code, _, err = self.on_pack("propose-line", *ASK)
        self.assertEqual(code, 1)
        self.assertIn("the proposal at responsibility.yaml:25 is for the same", err)
        self.assertEqual(self.file.read_bytes(), once)

    def test_only_an_open_proposal_is_decided(self):
        code, _, err = self.on_pack("decide-line", "--line", "2", "--accept", "--reason", "同意")
        self.assertEqual(code, 1)
        self.assertIn("responsibility.yaml:2: no open proposal begins here", err)
        code, _, _ = self.on_pack("decide-line", "--line", "2", "--reason", "同意")
        self.assertEqual(code, 2)

    def test_proposals_made_at_once_are_all_kept(self):
        towns = ("t-310101", "t-310102", "t-311501", "t-311502")
        running = [self.start("propose-line", "--pack", str(self.pack), "--unit", town, *ASK[2:])
                   for town in towns]
        for process in running:
            _, err = process.communicate(timeout=60)
            self.assertEqual((process.returncode, err), (0, ""))
        text = self.file.read_text(encoding="utf-8")
        for town in towns:
            self.assertIn(f"proposed_by: {town}\n", text)
        self.assertTrue(text.startswith(self.before))


if __name__ == "__main__":
    unittest.main()

"""A terminal with nobody before it: runs a program on a pseudo terminal, presses keys, and says what would have been seen.

    terminal.py COLUMNS LINES STEPS PROGRAM [ARGUMENT…]

STEPS is a JSON array of objects: {"keys": TEXT}, {"until": TEXT}, {"resize": [COLUMNS, LINES]}, {"signal": NUMBER}, {"pause": SECONDS}, {"run": ARGUMENTS}: another program, meanwhile.
Printed is a JSON object: screens (one a step, a list of lines), milliseconds (one a step), status (negative: the signal), restored
(whether the terminal's settings are as before), sequences (every escape sequence that came), isLeft (whether the other screen is).
"""
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import unicodedata

SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])")


class Screen:
    def __init__(self, columns, lines):
        self.sequences, self.is_left, self.rest = set(), True, ""
        self.resize(columns, lines)

    def resize(self, columns, lines):
        self.columns, self.count = columns, lines
        self.clear()

    def clear(self):
        self.cells = [[" "] * self.columns for _ in range(self.count)]
        self.row = self.column = 0

    def take(self, text):
        text = self.rest + text
        self.rest = ""
        while text:
            if text[0] == "\x1b":
                match = SEQUENCE.match(text)
                if not match:
                    self.rest = text
                    return
                self.obey(match[0])
                text = text[match.end():]
            else:
                self.put(text[0])
                text = text[1:]

    def obey(self, sequence):
        self.sequences.add(re.sub(r"\d+", "N", sequence))
        if sequence == "\x1b[?1049h":
            self.is_left = False
        elif sequence == "\x1b[?1049l":
            self.is_left = True
        elif sequence == "\x1b[2J":
            self.clear()
        elif sequence == "\x1b[2K":
            self.cells[self.row] = [" "] * self.columns
        elif sequence.endswith("H"):
            row, column = (sequence[2:-1].split(";") + ["1"])[:2]
            self.row, self.column = min(int(row or 1), self.count) - 1, min(int(column), self.columns) - 1

    def put(self, character):
        if character == "\r":
            self.column = 0
            return
        if character == "\n":
            self.row = min(self.row + 1, self.count - 1)
            return
        if ord(character) < 0x20:
            self.sequences.add(repr(character))
            return
        if unicodedata.combining(character):
            return
        width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if self.is_left and self.column + width > self.columns:
            # The usual screen goes on in the next line.
            self.row, self.column = min(self.row + 1, self.count - 1), 0
        if self.column + width <= self.columns:
            self.cells[self.row][self.column] = character
            if width == 2:
                self.cells[self.row][self.column + 1] = ""
        else:
            # A line that is too long for the terminal.
            self.sequences.add("overflow")
        self.column += width

    def lines(self):
        return ["".join(cells).rstrip() for cells in self.cells]


def size(terminal, columns, lines):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def main():
    columns, lines, steps, program = int(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3]), sys.argv[4:]
    keeper, inner = pty.openpty()
    size(keeper, columns, lines)
    before = termios.tcgetattr(inner)
    child = os.fork()
    if child == 0:
        os.setsid()
        fcntl.ioctl(inner, termios.TIOCSCTTY, 0)
        for stream in range(3):
            os.dup2(inner, stream)
        os.close(keeper)
        os.close(inner)
        os.execvp(program[0], program)
    screen, screens, times, decoder = Screen(columns, lines), [], [], b""
    ended = None

    def read(seconds):
        nonlocal decoder
        if not select.select([keeper], [], [], seconds)[0]:
            return False
        try:
            data = os.read(keeper, 65536)
        except OSError:
            return False
        decoder += data
        text = decoder.decode("utf-8", "ignore")
        # A character may come in two parts.
        kept = next((n for n in range(1, 4) if len(decoder) >= n and decoder[-n] >= 0xC0), 0)
        whole = decoder if not kept or decoder[-kept:].decode("utf-8", "ignore") else decoder[:-kept]
        decoder = decoder[len(whole):]
        screen.take(whole.decode("utf-8", "replace"))
        return True

    def gone():
        nonlocal ended
        if ended is None:
            try:
                found, status = os.waitpid(child, os.WNOHANG)
            except ChildProcessError:
                return True
            if found:
                ended = status
        return ended is not None

    for step in steps:
        started = last = time.monotonic()
        if "keys" in step:
            os.write(keeper, step["keys"].encode())
        elif "resize" in step:
            screen.resize(*step["resize"])
            size(keeper, *step["resize"])
        elif "signal" in step:
            os.kill(child, step["signal"])
        elif "run" in step:
            subprocess.run(step["run"], check=True, stdout=subprocess.DEVNULL)
        elif "pause" in step:
            time.sleep(step["pause"])
        limit = 30.0 if "until" in step else 10.0
        quiet = 0.15
        while time.monotonic() - started < limit:
            if read(0.005):
                last = time.monotonic()
            if "until" in step:
                if any(step["until"] in line for line in screen.lines()):
                    break
            elif time.monotonic() - last > (quiet if last > started or "keys" not in step else 1.0):
                break
            if gone():
                while read(0.05):
                    last = time.monotonic()
                break
        screens.append(screen.lines())
        times.append(round((last - started) * 1000, 1))
    deadline = time.monotonic() + 5
    while not gone() and time.monotonic() < deadline:
        read(0.02)
    while read(0.05):
        pass
    is_running = ended is None
    if is_running:
        os.kill(child, signal.SIGKILL)
        ended = os.waitpid(child, 0)[1]
    status = None if is_running else -os.WTERMSIG(ended) if os.WIFSIGNALED(ended) else os.WEXITSTATUS(ended)
    print(json.dumps({
        "screens": screens, "milliseconds": times, "status": status, "isLeft": screen.is_left,
        "restored": termios.tcgetattr(inner) == before, "sequences": sorted(screen.sequences)}))


main()

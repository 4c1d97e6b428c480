"""Run a program on a terminal of its own behind a line of so many bytes a second:
python tests/bench/slow_line.py BYTES COMMAND…"""

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time
import tty


def main() -> int:
    rate, command = int(sys.argv[1]), sys.argv[2:]
    columns, rows = os.get_terminal_size(0)
    pid, master = pty.fork()
    if not pid:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.execvp(command[0], command)
    tty.setraw(0)
    free = time.monotonic()  # when the line has sent all that it was given
    while True:
        ready, _, _ = select.select([0, master], [], [])
        if 0 in ready:
            os.write(master, os.read(0, 1024))
        if master in ready:
            try:
                data = os.read(master, rate // 100)
            except OSError:
                break
            if not data:
                break
            free = max(free, time.monotonic()) + len(data) / rate
            time.sleep(max(0.0, free - time.monotonic()))
            os.write(1, data)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    raise SystemExit(main())

"""Makes repositories with keys that nobody ever had: made_up.py FOLDER COUNT. Some are large, some share a key, some silence one, some
have a page on a forge, one path has blanks and letters of other scripts in it."""
import os
import random
import string
import subprocess
import sys


def key(dice):
    while True:
        text = "".join(dice.choice(string.ascii_letters + string.digits) for _ in range(32))
        if any(map(str.isupper, text)) and any(map(str.islower, text)) and any(map(str.isdigit, text)):
            return text


def git(folder, *words, date="2025-01-01T12:00:00Z"):
    subprocess.run(
        ["git", "-C", folder, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main", *words],
        check=True, capture_output=True, env=os.environ | {
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date})


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(text)


def make(folder, number, dice, shared):
    os.makedirs(folder)
    git(folder, "init", "-q")
    if number % 5 == 1:
        git(folder, "remote", "add", "origin", f"https://forge.example/acme/repo{number:03}.git")
    for commit in range(3):
        for file in range(600 if number % 10 == 0 else 10):
            lines = [f"value_{line} = compute({dice.randint(0, 10 ** 9)}, {dice.random()})\n" for line in range(150)]
            write(folder, f"src{file % 7}/f{file}.py", "".join(lines))
        if commit == 0 and number % 3 != 2:
            write(folder, "config.py", f'import os\nMISTRAL_API_KEY = "{key(dice)}"\n')
        if commit == 1 and number % 4 == 0:
            write(folder, "deploy/пример 漢字.env", f"MISTRAL_API_KEY={shared[number % 3]}\n")
        if commit == 2 and number % 6 == 0 and number % 3 != 2:
            os.remove(os.path.join(folder, "config.py"))
        if commit == 2 and number % 7 == 3:
            write(folder, "x.py", f'MISTRAL_API_KEY = "{key(dice)}"  # windsock:allow it is for a test\n')
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", f"commit {commit}", date=f"2025-0{commit + 1}-0{number % 9 + 1}T12:00:00Z")
    # As a clone would be.
    git(folder, "gc", "-q")


def main(folder, count):
    dice = random.Random(25)
    shared = [key(dice) for _ in range(3)]
    paths = []
    for number in range(count):
        # Two of one name in different folders, too.
        name = "twin" if number in (2, 3) else "with blanks 漢" if number == 5 else f"repo{number:03}"
        paths.append(os.path.join(folder, f"team{number % 4}", name))
        make(paths[-1], number, dice, shared)
    return paths


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

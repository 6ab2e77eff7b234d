"""What can be typed to open windows, to see what was done, and to set up."""

from vado.cli.parser import CLASSES, Declaration, count, major, port


def history(to: Declaration) -> None:
    """Declare `vado history`."""
    parser = to.command("history", "history.run")
    to.flag(parser, "--limit", type=count, default=20, metavar="N")
    to.flag(parser, "-e", "--environment", metavar="NAME")
    to.project(parser)
    to.output(parser)


def serve(to: Declaration) -> None:
    """Declare `vado serve`."""
    parser = to.command("serve", "serve.run")
    to.flag(parser, "--no-browser", action="store_true")
    to.flag(parser, "--port", type=port, default=0, metavar="N")
    to.flag(parser, "--parent", action="store_true")
    to.database(parser)
    to.project(parser)


def app(to: Declaration) -> None:
    """Declare `vado app`."""
    parser = to.command("app", "app.run")
    to.database(parser)
    to.project(parser)


def demo(to: Declaration) -> None:
    """Declare `vado demo`."""
    parser = to.command("demo", "demo.run")
    to.flag(parser, "--once", action="store_true")
    to.flag(parser, "--no-browser", action="store_true")
    to.flag(parser, "--port", type=port, default=0, metavar="N")
    to.flag(parser, "-C", "--project", metavar="FOLDER")
    to.output(parser, json=False)


def tools(to: Declaration) -> None:
    """Declare `vado tools`."""
    verbs = to.verbs("tools", ("install", "list"))
    verbs["install"].add_argument(
        "majors", nargs="*", type=major, metavar="N", help=to.words("option.majors")
    )
    to.output(*verbs.values())


def env(to: Declaration) -> None:
    """Declare `vado env`."""
    verbs = to.verbs("env", ("list", "trust", "ask-again"))
    again = verbs["ask-again"]
    again.set_defaults(does="env.ask_again")
    again.add_argument("name", metavar="NAME", help=to.words("option.asked_again"))
    to.flag(again, "--url")
    to.flag(again, "--class", choices=CLASSES, dest="environment_class", metavar="CLASS")
    trust = verbs["trust"]
    trust.add_argument("name", metavar="NAME", help=to.words("option.trusted"))
    to.flag(trust, "--url")
    to.flag(trust, "--class", choices=CLASSES, dest="environment_class", metavar="CLASS")
    to.flag(trust, "--confirm", metavar="NAME")
    to.flag(trust, "--yes", action="store_true")
    to.project(*verbs.values())
    to.output(*verbs.values())

from vado.database import EmbeddedServer, Target, connect


def test_each_test_has_a_database_of_its_own(database: Target) -> None:
    with connect(database) as session:
        assert session.value("select current_database()") == database.dbname
        assert session.value("select current_user") == "vado"


def test_the_rehearsal_server_holds_many_locks(rehearsal_server: EmbeddedServer) -> None:
    with connect(rehearsal_server.target()) as session:
        assert session.value("show max_locks_per_transaction") == "8192"

import org.flywaydb.core.Flyway;

/** What `flyway migrate` does, without its command line (which is not in Maven's repository). */
class Migrate {
    public static void main(String[] arguments) {
        Flyway.configure()
                .dataSource(arguments[0], arguments[1], arguments[2])
                .locations("filesystem:" + arguments[3])
                .load()
                .migrate();
    }
}

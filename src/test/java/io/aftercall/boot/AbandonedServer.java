package io.aftercall.boot;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** A server for {@link EmbeddedPostgresTest} to kill: commits a row, says so on standard output, and waits. */
final class AbandonedServer {

    private AbandonedServer() {}

    public static void main(String... args) throws IOException, SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(Path.of(args[0])));
        EmbeddedPostgresTest.execute(postgres, "CREATE TABLE before_kill AS SELECT 'kept' AS note");
        System.out.println("committed");
        System.in.read();
    }
}

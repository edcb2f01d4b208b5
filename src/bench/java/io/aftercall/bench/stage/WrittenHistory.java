package io.aftercall.bench.stage;

import io.aftercall.bench.process.BenchDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Wrap-ups in a database whose server is not running, as if agents had written them for years. */
final class WrittenHistory {
    private static final int PORTIONS = 2;

    /** What is kept of the indexes while rows come in. */
    private static final String SET_INDEXES_ASIDE =
            """
            CREATE TABLE set_aside AS SELECT indexname, indexdef FROM pg_indexes
            WHERE tablename = 'wrap_up' AND indexname <> 'wrap_up_pkey';
            DO $$ DECLARE name text; BEGIN
                FOR name IN SELECT indexname FROM set_aside LOOP EXECUTE 'DROP INDEX ' || name; END LOOP;
            END $$""";

    private static final List<String> INDEX = List.of(
            "SET maintenance_work_mem = '1GB'",
            """
            DO $$ DECLARE definition text; BEGIN
                FOR definition IN SELECT indexdef FROM set_aside LOOP EXECUTE definition; END LOOP;
            END $$""",
            "DROP TABLE set_aside",
            "VACUUM (ANALYZE, FREEZE) wrap_up",
            "CHECKPOINT");

    /** Sentences of both languages, and an order number that few others have. Some customers call often. */
    private static final String WRITE =
            """
            SET synchronous_commit = off;
            INSERT INTO wrap_up (tenant_id, agent_id, interaction_id, wrap_up_revision, status, write_time, written_by,
                editable_until, interaction_time, channel, direction, queue_id, customer_id, team_id, disposition_code,
                subject, notes, actions_taken, actions_recommended, tags)
            SELECT 'default', agent, 'call-' || i, 1, 'FINAL', t, agent, t + interval '1 day', t, 'VOICE', 'INBOUND',
                'queue-' || i %% 40, 'customer-' || floor(power(random(), 2) * %3$d)::int, 'team-' || i %% 100,
                'D-' || i %% 30, subjects[1 + i %% 4],
                sentences[1 + (random() * 7)::int] || ' ' || sentences[1 + (random() * 7)::int] || ' Pedido '
                    || (random() * %3$d)::int || '.',
                CASE WHEN i %% 3 = 0 THEN sentences[1 + (random() * 7)::int] ELSE '' END, '',
                CASE WHEN i %% 5 = 0 THEN ARRAY['refund', 'tag-' || i %% 50] ELSE '{}' END
            FROM (SELECT i, 'agent-' || lpad((i %% 5000)::text, 6, '0') AS agent,
                    timestamptz '2024-01-01' + i * interval '3 seconds' AS t,
                    ARRAY['Factura', 'Delivery', 'Cancelación', 'Address'] AS subjects,
                    ARRAY['El cliente pregunta por la factura del mes pasado.',
                        'Se le ha explicado el cargo y está conforme.',
                        'Wants the delivery moved to next week because nobody is home.',
                        'Pidió la cancelación del contrato y se le ofreció un descuento.',
                        'The device does not start after the last update.',
                        'Llamará otra vez el lunes con el número de serie.',
                        'Changed the address, sent the confirmation by e-mail.',
                        'Reclama un reembolso por el pedido que llegó roto.'] AS sentences
                FROM generate_series(%1$d, %2$d) AS i) AS call""";

    private WrittenHistory() {}

    /** Writes so many about so many customers. */
    static void write(BenchDatabase database, int wrapUps, int customers) throws IOException {
        database.execute(SET_INDEXES_ASIDE);
        List<CompletableFuture<Void>> portions = new ArrayList<>();
        for (int i = 0; i < PORTIONS; i++) {
            long first = (long) wrapUps * i / PORTIONS + 1;
            long last = (long) wrapUps * (i + 1) / PORTIONS;
            portions.add(
                    CompletableFuture.runAsync(() -> execute(database, String.format(WRITE, first, last, customers))));
        }
        portions.forEach(CompletableFuture::join);
        database.executeEach(INDEX);
    }

    private static void execute(BenchDatabase database, String sql) {
        try {
            database.execute(sql);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}

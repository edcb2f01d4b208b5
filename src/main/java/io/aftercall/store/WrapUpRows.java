package io.aftercall.store;

import io.aftercall.agent.SettledAcw;
import io.aftercall.wrapup.WrapUp;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The table {@code wrap_up}: one row for each revision of a wrap-up. */
final class WrapUpRows {

    // A revision that is there already is the one that an early completion brought.
    static final String INSERT =
            """
            INSERT INTO wrap_up (tenant_id, agent_id, interaction_id, wrap_up_revision, write_time,
                disposition_code, form_values, notes, tags)
            SELECT $1, agent_id, interaction_id, wrap_up_revision, $2, disposition_code, nullif(form_values, '')::json, notes,
                ARRAY(SELECT json_array_elements_text(tags::json))
            FROM unnest($3::text[], $4::text[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[])
                AS written (agent_id, interaction_id, wrap_up_revision, disposition_code, form_values, notes, tags)
            ON CONFLICT DO NOTHING
            """;

    private WrapUpRows() {}

    static Tuple parameters(String tenant, Instant now, List<SettledAcw> written) {
        Tuple parameters = Tuple.of(tenant, Columns.time(now));
        new Columns<>(written, parameters)
                .text(SettledAcw::agentId)
                .text(SettledAcw::interactionId)
                .add(Integer.class, SettledAcw::wrapUpRevision)
                .text(acw -> acw.wrapUp().orElseThrow().dispositionCode())
                .text(acw -> acw.wrapUp().orElseThrow().formValues())
                .text(acw -> acw.wrapUp().orElseThrow().notes())
                .text(acw -> new io.vertx.core.json.JsonArray(
                                acw.wrapUp().orElseThrow().tags())
                        .encode());
        return parameters;
    }

    static Optional<WrapUp> read(Row row) {
        return Optional.ofNullable(row.getString("notes"))
                .map(notes -> new WrapUp(
                        row.getString("disposition_code"),
                        Objects.toString(row.getString("form_values"), ""),
                        notes,
                        List.of(row.getArrayOfStrings("tags"))));
    }
}

package io.aftercall.store;

import io.vertx.sqlclient.Tuple;
import java.lang.reflect.Array;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/**
 * Rows turned into one array for each column, as {@code unnest} wants them.
 *
 * @param <T> what a row is made of
 */
final class Columns<T> {

    private final List<T> rows;
    private final Tuple parameters;

    /**
     * @param parameters gets the arrays, behind what it already has
     */
    Columns(List<T> rows, Tuple parameters) {
        this.rows = rows;
        this.parameters = parameters;
    }

    <C> Columns<T> add(Class<C> type, Function<T, C> column) {
        @SuppressWarnings("unchecked")
        C[] values = (C[]) Array.newInstance(type, rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        parameters.addValue(values);
        return this;
    }

    Columns<T> text(Function<T, ?> column) {
        return add(String.class, row -> {
            Object value = column.apply(row);
            return value == null ? null : value.toString();
        });
    }

    Columns<T> time(Function<T, Instant> column) {
        return add(OffsetDateTime.class, row -> time(column.apply(row)));
    }

    static OffsetDateTime time(Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}

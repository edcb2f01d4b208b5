package io.aftercall.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.format.DateTimeFormatter;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * An entry of the log as one JSON object, under the names of the
 * <a href="https://www.elastic.co/docs/reference/ecs">Elastic Common Schema</a>. The log manager's own formatter looks for
 * a JSON library where there is none.
 */
final class JsonLines extends ExtFormatter {

    private static final String TRACE = "traceId";
    private static final String SPAN = "spanId";

    private final JsonFactory json = new JsonFactory();

    @Override
    public String format(ExtLogRecord entry) {
        StringWriter line = new StringWriter(256);
        try (JsonGenerator object = json.createGenerator(line)) {
            object.writeStartObject();
            object.writeStringField("@timestamp", DateTimeFormatter.ISO_INSTANT.format(entry.getInstant()));
            object.writeStringField("log.level", entry.getLevel().getName());
            object.writeStringField("log.logger", entry.getLoggerName());
            object.writeStringField("process.thread.name", entry.getThreadName());
            object.writeStringField("message", formatMessage(entry));
            writeTrace(entry, object);
            writeError(entry.getThrown(), object);
            object.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return line.append('\n').toString();
    }

    private static void writeTrace(ExtLogRecord entry, JsonGenerator object) throws IOException {
        if (entry.getMdc(TRACE) != null) {
            object.writeStringField("trace.id", entry.getMdc(TRACE));
            object.writeStringField("span.id", entry.getMdc(SPAN));
        }
    }

    private static void writeError(Throwable thrown, JsonGenerator object) throws IOException {
        if (thrown != null) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace, true));
            object.writeStringField("error.type", thrown.getClass().getName());
            object.writeStringField("error.stack_trace", trace.toString());
        }
    }
}

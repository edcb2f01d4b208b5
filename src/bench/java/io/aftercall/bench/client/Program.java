package io.aftercall.bench.client;

import io.grpc.StatusRuntimeException;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Runs a program for people: what the server refuses is told in one line, not as a stack trace. */
public final class Program {
    private Program() {}

    static {
        // The class path's other way of logging is at DEBUG here: every frame would be put into words for nobody.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    }

    /** Runs it; ends the JVM with its exit code unless that is 0: Maven may have more to do. */
    public static void run(Callable<Integer> program, String[] args) {
        int exitCode = new CommandLine(program)
                .setExecutionExceptionHandler(Program::tell)
                .execute(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    private static int tell(Exception error, CommandLine command, ParseResult parsed) throws Exception {
        Throwable cause = error instanceof ExecutionException ? error.getCause() : error;
        if (!(cause instanceof StatusRuntimeException)) {
            throw error;
        }
        System.err.println("the server answers: " + cause.getMessage());
        return CommandLine.ExitCode.SOFTWARE;
    }
}

/** The contract over gRPC: one class for each service, what is read from and written to messages, and the errors. */
package io.aftercall.rpc;

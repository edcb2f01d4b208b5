/** What after-call work comes to: of whom, of what, in which quarter of an hour. Pure. */
package io.aftercall.report;

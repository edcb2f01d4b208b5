/** What customers are written: templates and what comes of them. */
package io.aftercall.email;

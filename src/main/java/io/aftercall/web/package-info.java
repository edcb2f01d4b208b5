/** What browsers are served over HTTP. */
package io.aftercall.web;

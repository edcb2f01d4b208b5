/** Forms that are described by JSON Schema; the only one to know the library that checks them. */
package io.aftercall.form;

/** Who is calling. */
package io.aftercall.security;

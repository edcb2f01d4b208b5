/** What a tenant's other systems are told, and how often it is tried. Pure: no clock, no I/O, no framework. */
package io.aftercall.delivery;

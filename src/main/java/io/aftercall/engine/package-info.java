/**
 * What the server does with commands and policies, and the ports that it needs for it. Knows no framework, no
 * protocol and no database. Start with {@link io.aftercall.engine.CommandLane}.
 */
package io.aftercall.engine;

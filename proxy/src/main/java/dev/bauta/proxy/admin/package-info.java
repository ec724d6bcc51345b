/**
 * The endpoint for administrators: health, meters, sessions, rules, and a page for people.
 */
@NullMarked
package dev.bauta.proxy.admin;

import org.jspecify.annotations.NullMarked;

/**
 * PostgreSQL's lexical structure: text to tokens, tokens to statements. Depends on nothing else.
 */
@NullMarked
package dev.bauta.lexer;

import org.jspecify.annotations.NullMarked;

/** The shop's entities as Hibernate maps them. */
package dev.bauta.clients.shop;

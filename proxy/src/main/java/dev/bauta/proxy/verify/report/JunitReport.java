package dev.bauta.proxy.verify.report;

import dev.bauta.proxy.verify.result.Area;
import dev.bauta.proxy.verify.result.Check;
import dev.bauta.proxy.verify.result.Status;
import dev.bauta.proxy.verify.result.Verification;
import dev.bauta.text.Shown;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** JUnit's XML, as build servers read it: a suite for each area, a test case for each check. Warnings pass, with their text. */
public final class JunitReport {
    private final XMLStreamWriter xml;
    private final Verification verification;

    private JunitReport(XMLStreamWriter xml, Verification verification) {
        this.xml = xml;
        this.verification = verification;
    }

    /** The document. */
    public static String text(Verification verification) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            new JunitReport(xml, verification).write();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML can be written to memory", e);
        }
        return text.append('\n').toString();
    }

    private void write() throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        line(0);
        xml.writeStartElement("testsuites");
        xml.writeAttribute("name", "bauta verify");
        counts(verification.checks());
        xml.writeAttribute(
                "time", String.format(Locale.ROOT, "%.3f", verification.took().toMillis() / 1000.0));
        for (Area area : Area.values()) {
            suite(
                    area,
                    verification.checks().stream()
                            .filter(check -> check.area() == area)
                            .toList());
        }
        line(0);
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void counts(List<Check> checks) throws XMLStreamException {
        xml.writeAttribute("tests", Integer.toString(checks.size()));
        xml.writeAttribute("failures", count(checks, Status.FAILED));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", count(checks, Status.SKIPPED));
    }

    private static String count(List<Check> checks, Status status) {
        return Long.toString(
                checks.stream().filter(check -> check.status() == status).count());
    }

    private void suite(Area area, List<Check> checks) throws XMLStreamException {
        line(1);
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", area.label());
        counts(checks);
        xml.writeAttribute("timestamp", verification.started().toString());
        for (Check check : checks) {
            testCase(check);
        }
        line(1);
        xml.writeEndElement();
    }

    private void testCase(Check check) throws XMLStreamException {
        line(2);
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", clean(check.area().label() + "." + check.subject()));
        xml.writeAttribute("name", clean(check.name()));
        String text = check.message()
                + (check.evidence().isEmpty() ? "" : "; " + Words.evidence(check))
                + (check.rule().isEmpty() ? "" : "; rule " + check.rule());
        switch (check.status()) {
            case FAILED -> {
                xml.writeStartElement("failure");
                xml.writeAttribute("message", clean(check.message()));
                xml.writeCharacters(clean(text));
                xml.writeEndElement();
            }
            case SKIPPED -> {
                xml.writeEmptyElement("skipped");
                xml.writeAttribute("message", clean(check.message()));
            }
            case WARNING -> output("warning: " + text);
            case PASSED -> output(text);
        }
        xml.writeEndElement();
    }

    private void output(String text) throws XMLStreamException {
        xml.writeStartElement("system-out");
        xml.writeCharacters(clean(text));
        xml.writeEndElement();
    }

    /** Names can hold characters that XML has no way to write. */
    private static String clean(String text) {
        return Shown.oneLine(text).replaceAll("[\\ufffe\\uffff]", "?");
    }

    private void line(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }
}

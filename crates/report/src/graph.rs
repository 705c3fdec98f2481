//! The copy graph for graph tools: Graphviz DOT and GraphML.

use std::fmt::Write as _;

use wirecopy_findings::{EdgeRecord, Findings, SourceKind};

use crate::{index::View, labels, texts::NoTexts};

/// The lineage as a Graphviz digraph: sources as boxes, documents as ellipses, undetermined copies as dashed lines
/// without a head. Only documents that some edge touches are drawn. Same findings, same bytes.
#[must_use]
pub fn dot(findings: &Findings) -> String {
    let view = View::new(findings, &NoTexts);
    let mut out = String::from("digraph wirecopy {\n  rankdir=LR;\n  node [shape=ellipse];\n");
    for source in &findings.lineage.sources {
        let style = if source.kind == SourceKind::Named {
            "bold"
        } else {
            "dashed"
        };
        let label = dot_text(&view.origin_name(&source.id));
        line(
            &mut out,
            &format!(
                "  {} [shape=box, style={style}, label={label}];",
                dot_text(&source.id)
            ),
        );
    }
    for id in touched(findings) {
        line(&mut out, &format!("  {};", dot_text(id)));
    }
    for edge in &findings.lineage.edges {
        let label = dot_text(&edge_label(edge));
        let (from, to) = (dot_text(&edge.from), dot_text(&edge.to));
        line(
            &mut out,
            &format!("  {from} -> {to} [label={label}, weight={}];", weight(edge)),
        );
    }
    for pair in &findings.lineage.undetermined {
        let label = dot_text(&format!("copy {}", labels::percent(pair.copy_probability)));
        let (a, b) = (dot_text(&pair.a), dot_text(&pair.b));
        line(
            &mut out,
            &format!("  {a} -> {b} [dir=none, style=dashed, label={label}];"),
        );
    }
    out.push_str("}\n");
    out
}

/// The lineage as GraphML, with the findings' fields as typed attributes of nodes and edges. Undetermined copies are
/// undirected edges. Only documents that some edge touches are listed. Same findings, same bytes.
#[must_use]
pub fn graphml(findings: &Findings) -> String {
    let mut out = String::from(GRAPHML_HEAD);
    graphml_nodes(findings, &mut out);
    for edge in &findings.lineage.edges {
        let share = edge.share.map(|s| s.to_string()).unwrap_or_default();
        let fields = [
            ("relation", &*name(edge)),
            ("probability", &edge.probability.to_string()),
            (
                "direction_probability",
                &edge.direction_probability.to_string(),
            ),
            ("share", &share),
        ];
        link(&mut out, (&edge.from, &edge.to, "true"), &fields);
    }
    for pair in &findings.lineage.undetermined {
        let fields = [
            ("relation", "undetermined"),
            ("probability", &*pair.copy_probability.to_string()),
            ("direction_probability", &pair.a_to_b.to_string()),
        ];
        link(&mut out, (&pair.a, &pair.b, "false"), &fields);
    }
    out.push_str("  </graph>\n</graphml>\n");
    out
}

fn graphml_nodes(findings: &Findings, out: &mut String) {
    for source in &findings.lineage.sources {
        let named = source.kind == SourceKind::Named;
        let kind = if named {
            "named_source"
        } else {
            "inferred_source"
        };
        let title = source.name.as_deref().unwrap_or("");
        node(out, &source.id, &[("kind", kind), ("title", title)]);
    }
    let view = View::new(findings, &NoTexts);
    for document in touched(findings)
        .into_iter()
        .filter_map(|id| view.document(id))
    {
        let fields = [
            ("kind", "document"),
            ("title", document.title.as_deref().unwrap_or("")),
            ("site", document.site.as_deref().unwrap_or("")),
            ("published", document.published.as_deref().unwrap_or("")),
            ("family", document.family.as_deref().unwrap_or("")),
        ];
        node(out, &document.id, &fields);
    }
}

const GRAPHML_HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="kind" for="node" attr.name="kind" attr.type="string"/>
  <key id="title" for="node" attr.name="title" attr.type="string"/>
  <key id="site" for="node" attr.name="site" attr.type="string"/>
  <key id="published" for="node" attr.name="published" attr.type="string"/>
  <key id="family" for="node" attr.name="family" attr.type="string"/>
  <key id="relation" for="edge" attr.name="relation" attr.type="string"/>
  <key id="probability" for="edge" attr.name="probability" attr.type="double"/>
  <key id="direction_probability" for="edge" attr.name="direction_probability" attr.type="double"/>
  <key id="share" for="edge" attr.name="share" attr.type="double"/>
  <graph id="lineage" edgedefault="directed">
"#;

/// Ids of documents that an edge or an undetermined copy touches, in input order.
fn touched(findings: &Findings) -> Vec<&str> {
    let lineage = &findings.lineage;
    let edges = lineage.edges.iter().flat_map(|e| [&*e.from, &*e.to]);
    let open = lineage.undetermined.iter().flat_map(|u| [&*u.a, &*u.b]);
    let ids: std::collections::HashSet<&str> = edges.chain(open).collect();
    findings
        .documents
        .iter()
        .map(|d| &*d.id)
        .filter(|id| ids.contains(id))
        .collect()
}

fn edge_label(edge: &EdgeRecord) -> String {
    let share = edge
        .share
        .map(|s| format!(", {} of it", labels::percent(s)))
        .unwrap_or_default();
    format!(
        "{}{share}, {} sure",
        labels::edge(edge),
        labels::percent(edge.probability)
    )
}

fn weight(edge: &EdgeRecord) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a probability gives 1..=11"
    )]
    let weight = (edge.probability.clamp(0.0, 1.0) * 10.0) as u32 + 1;
    weight
}

fn name(edge: &EdgeRecord) -> String {
    let value = serde_json::to_value(edge.relation).expect("a unit variant serialises");
    value.as_str().unwrap_or_default().to_owned()
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// A DOT string: only quotes and backslashes are special inside, and control characters have no place in a label.
fn dot_text(text: &str) -> String {
    let clean = crate::sanitize::harmless(text, crate::sanitize::Charset::Unicode);
    format!("\"{}\"", clean.replace('\\', "\\\\").replace('"', "\\\""))
}

/// XML text. Controls, and what else XML 1.0 cannot hold, become U+FFFD: the file may be shown on a terminal, which the
/// controls above U+007F steer as well.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ if c.is_control() => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

fn node(out: &mut String, id: &str, fields: &[(&str, &str)]) {
    let _ = writeln!(out, "    <node id=\"{}\">", xml(id));
    fields_of(out, fields);
    out.push_str("    </node>\n");
}

fn link(out: &mut String, (from, to, directed): (&str, &str, &str), fields: &[(&str, &str)]) {
    let (from, to) = (xml(from), xml(to));
    let _ = writeln!(
        out,
        "    <edge source=\"{from}\" target=\"{to}\" directed=\"{directed}\">"
    );
    fields_of(out, fields);
    out.push_str("    </edge>\n");
}

fn fields_of(out: &mut String, fields: &[(&str, &str)]) {
    for (key, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(out, "      <data key=\"{key}\">{}</data>", xml(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_passes_into_xml() {
        assert_eq!(
            xml("a\u{1b}[2J\u{9b}31m\tb<\u{7f}"),
            "a\u{fffd}[2J\u{fffd}31m b&lt;\u{fffd}"
        );
    }
}

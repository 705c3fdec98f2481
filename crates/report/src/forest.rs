//! Lineage as trees: each document under the parent that explains most of it.

use std::collections::{HashMap, HashSet};

use wirecopy_findings::{EdgeRecord, FamilyRecord};

use crate::index::View;

/// One document or outside source in a tree.
#[derive(Debug)]
pub(crate) struct Node<'a> {
    /// Document or source id.
    pub(crate) id: &'a str,
    /// The edge from the parent that it hangs under; none for a root.
    pub(crate) edge: Option<&'a EdgeRecord>,
    /// Edges from other parents.
    pub(crate) also: Vec<&'a EdgeRecord>,
    /// Places of the children among the nodes, in input order.
    pub(crate) children: Vec<usize>,
}

/// Trees over one set of documents. Every document stands in it exactly once.
#[derive(Debug, Default)]
pub(crate) struct Forest<'a> {
    pub(crate) nodes: Vec<Node<'a>>,
    /// Places of the roots: sources first, then documents in input order.
    pub(crate) roots: Vec<usize>,
}

impl<'a> Forest<'a> {
    /// The headline of the document that the largest tree begins with.
    pub(crate) fn title(&self, view: &View<'a>) -> Option<&'a str> {
        let size = |&root: &usize| {
            let mut open = vec![root];
            let mut met = 0;
            while let Some(at) = open.pop() {
                met += 1;
                open.extend(&self.nodes[at].children);
            }
            met
        };
        let root = *self.roots.iter().rev().max_by_key(|root| size(root))?;
        let mut at = root;
        while view.document(self.nodes[at].id).is_none() {
            at = *self.nodes[at].children.first()?;
        }
        view.title(self.nodes[at].id)
    }

    /// The trees of a family.
    pub(crate) fn of_family(view: &View<'a>, family: &'a FamilyRecord) -> Self {
        Self::build(view, family.documents.iter().map(String::as_str).collect())
    }

    /// The trees of the documents that come from an outside source and belong to no family.
    pub(crate) fn of_loners(view: &View<'a>) -> Self {
        let alone = |id: &str| view.document(id).is_some_and(|d| d.family.is_none());
        let mut seen = HashSet::new();
        let edges = view.findings.lineage.edges.iter();
        let ids = edges
            .map(|e| &*e.to)
            .filter(|id| alone(id) && seen.insert(*id))
            .collect();
        Self::build(view, ids)
    }

    fn build(view: &View<'a>, documents: Vec<&'a str>) -> Self {
        let members: HashSet<&str> = documents.iter().copied().collect();
        let mut edges: HashMap<&str, Vec<&EdgeRecord>> = HashMap::new();
        for edge in view.edges_into(&members) {
            edges.entry(&edge.to).or_default().push(edge);
        }
        let mut forest = Self::default();
        let mut place: HashMap<&str, usize> = HashMap::new();
        for &id in &documents {
            let mut into = edges.remove(id).unwrap_or_default();
            into.sort_by(|x, y| explains(y).total_cmp(&explains(x)));
            place.insert(id, forest.nodes.len());
            let edge = (!into.is_empty()).then(|| into.remove(0));
            forest.nodes.push(Node {
                id,
                edge,
                also: into,
                children: Vec::new(),
            });
        }
        for child in 0..documents.len() {
            forest.hang(child, &mut place);
        }
        forest.adopt_orphans();
        forest
    }

    /// Puts a node under its parent; a parent outside the set (a source) becomes a root.
    fn hang(&mut self, child: usize, place: &mut HashMap<&'a str, usize>) {
        let Some(edge) = self.nodes[child].edge else {
            return self.roots.push(child);
        };
        let nodes = &mut self.nodes;
        let mut new_root = None;
        let parent = *place.entry(&edge.from).or_insert_with(|| {
            nodes.push(Node {
                id: &edge.from,
                edge: None,
                also: Vec::new(),
                children: Vec::new(),
            });
            new_root = Some(nodes.len() - 1);
            nodes.len() - 1
        });
        self.nodes[parent].children.push(child);
        if let Some(root) = new_root {
            let sources = self
                .roots
                .iter()
                .take_while(|&&r| self.is_source(r))
                .count();
            self.roots.insert(sources, root);
        }
    }

    /// Whether a root stands outside the set of documents: only such roots were added without an own edge list and
    /// after the documents.
    fn is_source(&self, root: usize) -> bool {
        let node = &self.nodes[root];
        node.edge.is_none() && node.children.iter().any(|&c| c < root)
    }

    /// Lineage has no cycles by contract; should one arrive, its first document becomes a root so that nothing is lost.
    fn adopt_orphans(&mut self) {
        let mut reached = vec![false; self.nodes.len()];
        for root in self.roots.clone() {
            self.mark(root, &mut reached);
        }
        for node in 0..self.nodes.len() {
            if !reached[node] {
                for other in &mut self.nodes {
                    other.children.retain(|&child| child != node);
                }
                let cyclic = self.nodes[node].edge.take();
                self.nodes[node].also.extend(cyclic);
                self.roots.push(node);
                self.mark(node, &mut reached);
            }
        }
    }

    fn mark(&self, root: usize, reached: &mut [bool]) {
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            if !std::mem::replace(&mut reached[node], true) {
                open.extend(&self.nodes[node].children);
            }
        }
    }
}

/// How much of the child an edge explains; half where the parent is not at hand to measure.
fn explains(edge: &EdgeRecord) -> f64 {
    edge.share.unwrap_or(0.5) * edge.probability
}

//! Every message that code names is there in every language with the arguments that it is given, none is left over, and none is
//! written twice.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod boot;
mod labels;
mod uses;
mod whole;

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Resource, VariantKey,
};
use fluent_syntax::parser::parse;
use std::collections::{BTreeMap, BTreeSet};
use text::{Language, source};

/// The variables of a message, and the categories of each of its plural forms.
#[derive(Debug, Default, PartialEq)]
struct Shape {
    variables: BTreeSet<String>,
    /// Of each selector with keys of the Unicode CLDR, which.
    plurals: Vec<BTreeSet<String>>,
}

fn messages(language: Language) -> BTreeMap<String, Shape> {
    let source = source(language).expect("natively all languages are here");
    let resource: Resource<&str> =
        parse(source).unwrap_or_else(|(_, errors)| panic!("{language:?}: {errors:?}"));
    let mut found = BTreeMap::new();
    for entry in &resource.body {
        match entry {
            Entry::Message(Message { id, value: Some(pattern), attributes, .. }) => {
                assert!(attributes.is_empty(), "{}: nobody reads attributes", id.name);
                let mut shape = Shape::default();
                look_at(pattern, &mut shape);
                assert!(
                    found.insert(id.name.to_owned(), shape).is_none(),
                    "{language:?}: {} is there twice",
                    id.name
                );
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            other => panic!("{language:?}: neither message nor comment: {other:?}"),
        }
    }
    found
}

fn look_at(pattern: &Pattern<&str>, shape: &mut Shape) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            match expression {
                Expression::Inline(inline) => look_into(inline, shape),
                Expression::Select { selector, variants } => {
                    look_into(selector, shape);
                    let keys: BTreeSet<String> = variants
                        .iter()
                        .map(|variant| match variant.key {
                            VariantKey::Identifier { name } => name.to_owned(),
                            VariantKey::NumberLiteral { value } => value.to_owned(),
                        })
                        .collect();
                    shape.plurals.push(keys);
                    variants.iter().for_each(|variant| look_at(&variant.value, shape));
                }
            }
        }
    }
}

fn look_into(inline: &InlineExpression<&str>, shape: &mut Shape) {
    match inline {
        InlineExpression::VariableReference { id } => {
            shape.variables.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => match &**expression {
            Expression::Inline(inline) => look_into(inline, shape),
            Expression::Select { .. } => panic!("a choice inside of a choice"),
        },
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        other => panic!("nothing fills {other:?}"),
    }
}

#[test]
fn every_language_has_every_message_with_the_same_variables() {
    let english = messages(Language::English);
    for language in Language::ALL {
        let own = messages(language);
        let (have, want): (BTreeSet<_>, BTreeSet<_>) = (own.keys().collect(), english.keys().collect());
        let missing: Vec<_> = want.difference(&have).collect();
        let left_over: Vec<_> = have.difference(&want).collect();
        assert!(
            missing.is_empty() && left_over.is_empty(),
            "{language:?} lacks {missing:?}, has {left_over:?}"
        );
        for (id, shape) in &own {
            assert_eq!(shape.variables, english[id].variables, "{language:?}: {id}");
        }
    }
}

/// What the Unicode CLDR lists of cardinal numbers that are counted here: millions are not, so Spanish needs no `many`.
#[test]
fn plural_forms_are_those_of_the_language() {
    for language in Language::ALL {
        let known: &[&str] = match language {
            Language::Japanese => &["other"],
            Language::English | Language::German | Language::Spanish => &["one", "other"],
        };
        for (id, shape) in messages(language) {
            for keys in &shape.plurals {
                for key in keys {
                    let is_number = key.bytes().all(|byte| byte.is_ascii_digit());
                    assert!(
                        is_number || known.contains(&key.as_str()),
                        "{language:?}: {id} chooses by {key}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_is_named_is_there_and_what_is_there_is_named() {
    let english = messages(Language::English);
    let mut named = BTreeSet::new();
    for use_ in uses::in_sources() {
        let Some(shape) = english.get(&use_.id) else { panic!("{}: no message {:?}", use_.place, use_.id) };
        assert_eq!(use_.arguments, shape.variables, "{}: {:?}", use_.place, use_.id);
        named.insert(use_.id);
    }
    assert!(!named.is_empty(), "no use was found: where are the sources?");
    let unused: Vec<_> = english.keys().filter(|id| !named.contains(*id)).collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
}

#[test]
fn the_words_in_the_page_itself_are_the_messages() {
    let words = uses::in_page();
    assert!(words.iter().all(|(id, words)| text::say(id, &[]) == *words), "{words:?}");
}

#[test]
fn what_is_said_before_the_page_runs_is_there_in_every_language() {
    let words = boot::words();
    let (have, want): (Vec<_>, Vec<_>) =
        (words.keys().map(String::as_str).collect(), Language::ALL.map(Language::code).into());
    assert_eq!(have.iter().collect::<BTreeSet<_>>(), want.iter().collect());
    for (language, names) in &words {
        assert!(!names.is_empty());
        assert_eq!(*names, words["en"], "{language}");
    }
}

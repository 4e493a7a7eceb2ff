use super::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Inner(i64);

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Number(u32);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Plain,
    Number(u8),
    Two(f32, String),
    Named { at: Option<Inner>, is_it: bool },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Whole {
    kinds: Vec<Kind>,
    pair: (u32, f64),
    names: BTreeMap<String, char>,
    numbers: BTreeMap<Number, f32>,
    unit: (),
    #[serde(default)]
    young: Option<u64>,
    #[serde(flatten)]
    rest: serde_json::Map<String, Value>,
}

fn whole() -> Whole {
    Whole {
        kinds: vec![
            Kind::Plain,
            Kind::Number(200),
            Kind::Two(0.25, "two".into()),
            Kind::Named { at: Some(Inner(-7)), is_it: true },
            Kind::Named { at: None, is_it: false },
        ],
        pair: (4_000_000_000, -1.5e-9),
        names: BTreeMap::from([("ä \"b\"".into(), 'ß')]),
        numbers: BTreeMap::from([(Number(7), -0.5), (Number(12), 1e30)]),
        unit: (),
        young: Some(u64::MAX),
        rest: [("later".to_owned(), serde_json::json!([{ "a": null }]))].into_iter().collect(),
    }
}

#[test]
fn what_was_written_is_read() {
    let text = serde_json::to_string(&whole()).expect("JSON");
    assert_eq!(read::<Whole>(&text).expect("read"), whole());
    assert_eq!(read::<Whole>(&text).ok(), serde_json::from_str(&text).ok());
}

#[test]
fn what_could_not_be_read_is_named() {
    let named = |text: &str| read::<BTreeMap<String, Kind>>(text).err().map(|error| error.to_string());
    let unlike = |place| Some(format!("unlike what was expected: {place}"));
    assert_eq!(named(r#"{"a": {"named": {"is_it": 7}}}"#), unlike("named.is_it"));
    assert_eq!(named(r#"{"a": {"number": "b"}}"#), unlike("number"));
    assert_eq!(named("{"), unlike("EOF while parsing an object at line 1 column 1"));
}

#[test]
fn a_structure_says_what_its_fields_are() {
    #[derive(Deserialize)]
    #[expect(dead_code, reason = "only their names are looked at")]
    struct Two {
        #[serde(rename = "first")]
        one: u32,
        #[serde(skip)]
        none: u32,
        other: Option<Inner>,
    }
    assert_eq!(fields::<Two>(), ["first", "other"]);
    assert!(fields::<Inner>().is_empty());
}

#[test]
fn what_is_of_another_form_is_refused() {
    let check = |text: &str, is_read: bool| {
        assert_eq!(read::<Vec<Kind>>(text).is_ok(), is_read, "{text}");
        assert_eq!(serde_json::from_str::<Vec<Kind>>(text).is_ok(), is_read, "{text}");
    };
    check("[]", true);
    check("[", false);
    check("{}", false);
    check(r#"["plain"]"#, true);
    check(r#"["other"]"#, false);
    check(r#"[7]"#, false);
    check(r#"["number"]"#, false);
    check(r#"[{"number": 255}]"#, true);
    check(r#"[{"number": 256}]"#, false);
    check(r#"[{"number": -1}]"#, false);
    check(r#"[{"number": 1, "plain": null}]"#, false);
    check(r#"[{"two": [1, "a"]}]"#, true);
    check(r#"[{"two": [1, "a", 2]}]"#, false);
    check(r#"[{"two": [1]}]"#, false);
    check(r#"[{"named": {"at": null, "is_it": true, "more": []}}]"#, true);
    check(r#"[{"named": {"is_it": true}}]"#, true);
    check(r#"[{"named": {"at": 1}}]"#, false);
    check(r#"[{"named": {"at": 1.5, "is_it": true}}]"#, false);
}

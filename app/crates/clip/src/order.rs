//! Sorting that is in a module once. The standard library's sort is made again for each type that is sorted, five kilobytes each time, and
//! everybody waits for the page's bytes; what is sorted here are hundreds of things, not millions.

use std::cmp::Ordering;

/// Sorts `items` as [`slice::sort_by`] does: equal ones stay in their order.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = places(items.len(), &|a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|place| taken.get_mut(place)?.take()));
}

/// Sorts `items` by what `key` says of each, equal ones in their order.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// A map or a set of `items`. `collect` sorts them first, by a sort of its own for each type; here they are put in one by one.
pub fn gathered<T, C: Default + Extend<T>>(items: impl IntoIterator<Item = T>) -> C {
    let mut all = C::default();
    all.extend(items);
    all
}

/// The places of `count` things in their order.
fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|&a, &b| compare(a, b));
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn as_the_standard_library_sorts() {
        let mut items: Vec<(u32, usize)> = (0..500).map(|at| (at * 7919 % 13, at as usize)).collect();
        let mut expected = items.clone();
        expected.sort_by_key(|item| std::cmp::Reverse(item.0));
        sort_by(&mut items, |a, b| b.0.cmp(&a.0));
        assert_eq!(items, expected);
        expected.sort_by_key(|item| item.0);
        sort_by_key(&mut items, |item| item.0);
        assert_eq!(items, expected);
        let mut none: Vec<String> = Vec::new();
        sort_by_key(&mut none, String::clone);
        assert_eq!(none, Vec::<String>::new());
    }

    #[test]
    fn gathered_as_collected() {
        let items = [(2, 'b'), (1, 'a'), (2, 'c')];
        assert_eq!(gathered::<_, BTreeMap<_, _>>(items), items.into_iter().collect());
    }
}

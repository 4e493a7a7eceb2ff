//! Agglomerative clustering by average linkage. Knows vectors and their products, nothing of speech.

/// A cluster for each point, numbered as they come: the two clusters whose points are most alike on average become one until no two are
/// alike by `least`. How alike two points are is their product.
pub fn clusters(points: &[Vec<f32>], least: f32) -> Vec<usize> {
    let mut linkage = Linkage::new(points);
    while let Some((a, b)) = linkage.closest(least) {
        linkage.merge(a, b);
    }
    numbered(&linkage.cluster_of)
}

/// The clusters by numbers from 0 as they come.
fn numbered(clusters: &[usize]) -> Vec<usize> {
    let mut names: Vec<usize> = Vec::new();
    let mut name = |cluster: usize| {
        names.iter().position(|known| *known == cluster).unwrap_or_else(|| {
            names.push(cluster);
            names.len() - 1
        })
    };
    clusters.iter().map(|cluster| name(*cluster)).collect()
}

/// Points nearer to each other in order than so say partly the same.
const APART: usize = 3;

/// Clusters of `clusters` are one, the most alike first, as long as the points of two are as alike on average as `least` of what the
/// points of each are among themselves. Numbered as they come.
pub fn joined(points: &[Vec<f32>], clusters: &[usize], least: f32) -> Vec<usize> {
    let count = clusters.iter().max().map_or(0, |last| last + 1);
    let mut sums = vec![Mean::default(); count * count];
    for (index, point) in points.iter().enumerate() {
        for (before, other) in points.iter().enumerate().take((index + 1).saturating_sub(APART)) {
            let (a, b) = (clusters[index], clusters[before]);
            sums[a.min(b) * count + a.max(b)].add(&Mean { sum: super::dot(point, other), pairs: 1.0 });
        }
    }
    let mut joined = clusters.to_vec();
    let mut there: Vec<usize> = (0..count).collect();
    loop {
        let of = |a: usize, b: usize| sums[a.min(b) * count + a.max(b)].value();
        let likeness = |a: usize, b: usize| {
            let (own, others) = (of(a, a), of(b, b));
            Some(of(a, b)? / (0.5 * (own.or(others)? + others.or(own)?)).max(1e-3))
        };
        let pairs = there.iter().flat_map(|a| there.iter().filter(move |b| *b < a).map(move |b| (*b, *a)));
        let alike = pairs.filter_map(|(a, b)| Some((a, b, likeness(a, b)?)));
        let most = alike.max_by(|x, y| x.2.total_cmp(&y.2)).filter(|(_, _, likeness)| *likeness >= least);
        let Some((a, b, _)) = most else { return numbered(&joined) };
        joined.iter_mut().filter(|cluster| **cluster == b).for_each(|cluster| *cluster = a);
        there.retain(|cluster| *cluster != b);
        let own = sums[b * count + b];
        sums[a * count + a].add(&own);
        for other in &there {
            let from = sums[b.min(*other) * count + b.max(*other)];
            sums[a.min(*other) * count + a.max(*other)].add(&from);
        }
    }
}

/// How alike the points of so many pairs are together.
#[derive(Clone, Copy, Default)]
struct Mean {
    sum: f32,
    pairs: f32,
}

impl Mean {
    fn add(&mut self, other: &Mean) {
        self.sum += other.sum;
        self.pairs += other.pairs;
    }

    /// None where there are no pairs.
    fn value(self) -> Option<f32> {
        (self.pairs > 0.0).then(|| self.sum / self.pairs)
    }
}

struct Linkage {
    cluster_of: Vec<usize>,
    /// Points of each cluster; zero where it went into another.
    sizes: Vec<f32>,
    /// How alike two clusters are, `[points, points]`, symmetric.
    alike: Vec<f32>,
    /// The cluster that is most like each, which spares comparing all with all at every step.
    nearest: Vec<Option<usize>>,
}

impl Linkage {
    fn new(points: &[Vec<f32>]) -> Linkage {
        let count = points.len();
        let mut alike = vec![0.0; count * count];
        for (a, point) in points.iter().enumerate() {
            for (b, other) in points.iter().enumerate().take(a) {
                let product = super::dot(point, other);
                alike[a * count + b] = product;
                alike[b * count + a] = product;
            }
        }
        let (cluster_of, sizes) = ((0..count).collect(), vec![1.0; count]);
        let mut linkage = Linkage { cluster_of, sizes, alike, nearest: Vec::new() };
        linkage.nearest = (0..count).map(|cluster| linkage.nearest_of(cluster)).collect();
        linkage
    }

    fn alike(&self, a: usize, b: usize) -> f32 {
        self.alike[a * self.sizes.len() + b]
    }

    fn is_there(&self, cluster: usize) -> bool {
        self.sizes[cluster] > 0.0
    }

    fn nearest_of(&self, cluster: usize) -> Option<usize> {
        let others = (0..self.sizes.len()).filter(|other| *other != cluster && self.is_there(*other));
        others.max_by(|a, b| self.alike(cluster, *a).total_cmp(&self.alike(cluster, *b)).then(b.cmp(a)))
    }

    fn closest(&self, least: f32) -> Option<(usize, usize)> {
        let there = (0..self.sizes.len()).filter(|cluster| self.is_there(*cluster));
        let pairs = there.filter_map(|cluster| Some((cluster, self.nearest[cluster]?)));
        let closest = |a: &(usize, usize), b: &(usize, usize)| {
            self.alike(a.0, a.1).total_cmp(&self.alike(b.0, b.1)).then(b.cmp(a))
        };
        pairs.max_by(closest).filter(|(a, b)| self.alike(*a, *b) >= least)
    }

    fn merge(&mut self, a: usize, b: usize) {
        let (size_a, size_b) = (self.sizes[a], self.sizes[b]);
        self.sizes[a] += size_b;
        self.sizes[b] = 0.0;
        self.cluster_of.iter_mut().filter(|cluster| **cluster == b).for_each(|cluster| *cluster = a);
        let count = self.sizes.len();
        for other in (0..count).filter(|other| *other != a && self.sizes[*other] > 0.0) {
            let sum = self.alike(a, other) * size_a + self.alike(b, other) * size_b;
            self.alike[a * count + other] = sum / self.sizes[a];
            self.alike[other * count + a] = sum / self.sizes[a];
        }
        // A mean is nowhere above what it is made of, so that only they can lose their nearest who had one of the two.
        for cluster in 0..count {
            let had_either = self.nearest[cluster].is_some_and(|near| near == a || near == b);
            if self.is_there(cluster) && (cluster == a || had_either) {
                self.nearest[cluster] = self.nearest_of(cluster);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(angles_deg: &[f32], least: f32, expected: &[usize]) {
        let point = |angle: &f32| vec![angle.to_radians().cos(), angle.to_radians().sin()];
        let points: Vec<Vec<f32>> = angles_deg.iter().map(point).collect();
        assert_eq!(clusters(&points, least), expected, "{angles_deg:?}");
    }

    #[test]
    fn what_is_alike_on_average_is_one_cluster() {
        check(&[], 0.9, &[]);
        check(&[20.0], 0.9, &[0]);
        check(&[0.0, 80.0, 5.0, 85.0, 10.0], 0.9, &[0, 1, 0, 1, 0]);
        check(&[0.0, 80.0, 5.0, 85.0, 10.0], 0.99, &[0, 1, 0, 1, 0]);
        check(&[0.0, 80.0, 5.0, 85.0, 10.0], 0.999, &[0, 1, 2, 3, 4]);
        check(&[0.0, 80.0, 5.0, 85.0, 10.0], 0.1, &[0, 0, 0, 0, 0]);
    }

    /// A chain whose links are each alike enough, but not the whole: nearest neighbors would have made it one.
    #[test]
    fn a_chain_is_not_one_cluster() {
        check(&[0.0, 20.0, 41.0, 63.0], 0.93, &[0, 0, 1, 2]);
        check(&[0.0, 20.0, 41.0, 63.0], 0.92, &[0, 0, 1, 1]);
    }

    fn check_joined(angles_deg: &[f32], first: &[usize], least: f32, expected: &[usize]) {
        let point = |angle: &f32| vec![angle.to_radians().cos(), angle.to_radians().sin()];
        let points: Vec<Vec<f32>> = angles_deg.iter().map(point).collect();
        assert_eq!(joined(&points, first, least), expected, "{angles_deg:?}");
    }

    /// How alike the points of one cluster are says how alike those of two must be.
    #[test]
    fn clusters_as_alike_as_their_own_points_are_one() {
        let (near, far) = ([0.0, 40.0, 0.0, 40.0, 0.0, 40.0, 0.0, 40.0], [0, 0, 0, 0, 1, 1, 1, 1]);
        check_joined(&near, &far, 0.9, &[0; 8]);
        check_joined(&[0.0, 0.0, 0.0, 0.0, 40.0, 40.0, 40.0, 40.0], &far, 0.9, &far);
        check_joined(&[0.0, 0.0, 0.0, 0.0, 40.0, 40.0, 40.0, 40.0], &far, 0.7, &[0; 8]);
        check_joined(&[], &[], 0.7, &[]);
        check_joined(&[0.0, 40.0], &[0, 1], 0.7, &[0, 1]);
    }
}

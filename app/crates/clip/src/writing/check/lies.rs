//! Sentences that a passage does not say, made of its words. Each must be refused; beside them what may be said, which must not.

use crate::writing::quotation::quotes;
use crate::writing::{Passage, Piece, by_rules, check};

#[track_caller]
fn lie(said: &[&str], answer: &str) {
    assert!(quotes(answer, &Passage::new(said, "")).is_err(), "{said:?} does not say {answer:?}");
}

#[track_caller]
fn truth(said: &[&str], answer: &str) {
    assert_eq!(quotes(answer, &Passage::new(said, "")), Ok(()), "{said:?}");
}

#[test]
fn words_of_two_sentences_make_no_third() {
    lie(&["Anna loves Ben.", "Ben hates Carl."], "Anna hates Carl");
    lie(&["Dogs chase cats.", "Cats chase mice."], "Dogs chase mice");
    lie(&["My dog Rex sleeps.", "Thieves took the car."], "Rex took the car");
    lie(&["Rex is old.", "Dogs bark all night."], "Rex's dogs bark");
    lie(&["We sold the house.", "We love the boat."], "We sold the boat");
    lie(&["We sold the house.", "We love the boat."], "We sold the house and the boat");
    lie(&["Anna sold the house.", "Ben died."], "Anna sold the house and Ben");
    lie(&["Rex died.", "She laughed."], "Rex died and laughed");
    lie(&["My mother met my father.", "He died."], "My mother died");
    lie(&["A man shot the king.", "He died."], "A man died");
    lie(&["My dog saw a car.", "It exploded."], "My dog exploded");
    lie(&["Anna loves Ben.", "He hates Carl."], "Anna hates Carl");
    truth(&["My father bought a boat.", "He never learned to swim."], "My father never learned to swim");
    truth(
        &["My father bought a boat.", "He never learned."],
        "My father bought a boat, and he never learned",
    );
}

#[test]
fn nobody_does_what_somebody_else_does() {
    lie(&["Anna told Ben that Carl lies."], "Anna lies");
    lie(&["Anna told Ben Carl lies."], "Anna lies");
    lie(&["Anna and Ben know that Carl stole."], "Anna stole");
    lie(&["My mother laughed and my father cried."], "My mother cried");
    lie(&["He hates apples and loves oranges."], "He hates oranges");
    lie(&["He hates apples and loves oranges."], "He hates apples and oranges");
    lie(&["My dog bit the postman."], "The dog of the postman");
    lie(&["The dog that bit my brother died."], "My brother bit the dog");
    lie(&["The man who shot the king escaped."], "The king escaped the man");
    truth(&["Luna flew through the storm and carried rabbits."], "Luna carried rabbits");
    truth(&["She sells apples and oranges."], "She sells oranges");
}

#[test]
fn roles_are_not_exchanged() {
    lie(&["Rex was bitten by Max."], "Rex bit Max");
    lie(&["Rex bit Max."], "Rex was bitten by Max");
    lie(&["He flew to Paris from Rome."], "He flew from Paris");
    lie(&["Rex is bigger than Max."], "Max is bigger than Rex");
    lie(&["Anna's dog bit Ben."], "Anna bit Ben");
    lie(&["My brother's friend died."], "My brother died");
    lie(&["My brother paid a friend."], "My brother's friend");
    truth(&["Anna's dog bit Ben."], "Anna's dog bit Ben");
    truth(&["Rex was bitten by Max."], "Rex was bitten by Max");
    truth(&["It's my dog who bites."], "It is my dog");
}

#[test]
fn numbers_are_what_they_count() {
    lie(&["Half a million people came."], "A million people came");
    lie(&["The flat costs 3,5 thousand."], "The flat costs 35 thousand");
    lie(&["It took 35 days."], "It took 3,5 days");
    lie(&["Five dogs and 12 cats live here."], "12 dogs live here");
    lie(&["Less than 5 people came."], "5 people came");
    lie(&["Fewer than ten died."], "Ten died");
    lie(&["He is 5 years old and 180 centimetres tall."], "He is 180 years old");
    lie(&["It costs five million dollars."], "It costs five dollars");
    lie(&["It costs 50 cents."], "It costs $50");
    lie(&["We won the second race."], "We won two races");
    truth(&["It costs five million dollars."], "It costs $5 million");
    truth(&["There were 1,500 people."], "There were 1500 people");
    truth(&["Half a million people came."], "Half a million people came");
}

#[test]
fn a_denial_is_not_dropped() {
    lie(&["I don't think that my old coffee helps."], "Coffee helps");
    lie(&["I do not believe the earth is flat."], "The earth is flat");
    lie(&["We did not ever in our lives see a ghost."], "We see a ghost");
    lie(&["He has never once in his life lied."], "He lied");
    lie(&["I doubt that coffee helps."], "Coffee helps");
    lie(&["She pretended to sleep."], "She sleeps");
    lie(&["The former president spoke."], "The president spoke");
    lie(&["My ex-wife called."], "My wife called");
    lie(&["My ex wife called."], "My wife called");
    lie(&["He is a non-smoker."], "He is a smoker");
    lie(&["It was a fake gun."], "It was a gun");
    lie(&["I dreamed that I killed him."], "I killed him");
    lie(&["She wanted to be rich."], "She is rich");
    lie(&["It ain't true."], "It is true");
    truth(&["My ex-wife called."], "My ex-wife called");
    truth(&["We did not see a ghost."], "We did not see a ghost");
}

#[test]
fn one_is_not_many() {
    lie(&["My brother died."], "My brothers died");
    lie(&["My two brothers died."], "My brother died");
    lie(&["A man bit my dog."], "Men bit my dog");
    lie(&["The child laughed."], "The children laughed");
    lie(&["A doctor lied to me."], "Doctors lied to me");
    lie(&["My older brother died."], "My older brothers died");
    truth(&["How does coffee work?"], "How coffee works");
    truth(&["My dog bit the postman."], "How the dog bites the postman");
    truth(&["It makes me laugh."], "What made me laugh");
}

#[test]
fn a_clause_is_not_cut_from_its_condition() {
    let hook = |said: &str, answer: &str| check(Piece::Hook, answer, &Passage::new(&[said], ""));
    assert!(hook("We all die tomorrow, unless you help us now.", "We all die tomorrow").is_err());
    assert!(hook("You will be rich soon, if you believe him.", "You will be rich soon").is_err());
    assert!(hook("The moon is made of cheese, said my uncle.", "The moon is made of cheese").is_err());
    assert!(hook("The moon is made of rock, and it shines.", "The moon is made of rock").is_ok());
}

#[test]
fn one_word_is_no_statement() {
    let said = Passage::new(&["It tastes like poison to me."], "");
    assert!(check(Piece::Summary, "It is the poison.", &said).is_err());
}

/// The hashtags that are left of `answer`.
fn tags(said: &[&str], answer: &str) -> Vec<String> {
    let given = format!("Here we sleep every night.\n{answer}");
    let said: Vec<&str> = said.iter().copied().chain(["Here we sleep every night."]).collect();
    let post = check(Piece::Post, &given, &Passage::new(&said, "")).unwrap();
    post.split_whitespace().filter(|word| word.starts_with('#')).map(str::to_owned).collect()
}

#[test]
fn a_hashtag_is_said() {
    let check = |said: &[&str], answer: &str, want: &[&str]| assert_eq!(tags(said, answer), want, "{said:?}");
    check(&["On Sunday the sunny road is sunken."], "#Sun #Sunny #Sunday", &["#Sunny", "#Sunday"]);
    check(&["He reads the Sun-Times and sun-dried books."], "#Sun #Times #SunTimes", &["#SunTimes"]);
    check(&["It was hot, air was thin."], "#HotAir #Air", &["#Air"]);
    check(&["He is not guilty."], "#Guilty", &[]);
    check(&["Nobody spoke of the sun."], "#Sun", &[]);
    check(&["Nobody in New York laughed."], "#NewYork", &["#NewYork"]);
    check(&["Sugar is bad.", "Do not eat sugar."], "#Sugar", &["#Sugar"]);
    check(&["The boats and the house."], "#BoatHouse #BoatsHouse #Boat", &["#Boats"]);
}

#[test]
fn a_hashtag_is_said_also_where_rules_choose_it() {
    let said = ["He is not guilty.", "The judge and the jury agree.", "He was never guilty."];
    let tags = by_rules(&Passage::new(&said, "")).hashtags;
    assert!(!tags.is_empty() && !tags.contains(&"#Guilty".to_owned()), "{tags:?}");
}

/// A test that refuses too much would leave all writing to the rules: whole sentences, alone and two by two, always pass.
#[test]
fn what_is_quoted_whole_passes() {
    let talk = [
        "Luna was born with wings, and no other rabbit had them.",
        "For five years she hid her wings in the dark forest.",
        "But why did she hide them?",
        "One night a storm took the roof of the old farm, and everybody's barn.",
        "I don't think that my ex-wife's 2 brothers paid $5 million for it in 1998.",
        "If it rains, we could stay; Anna, who never lies, told Ben that Carl left for New York.",
        "Half of us wanted less than 20% of 1,500 children to be bitten by dogs from Rome.",
    ];
    let passage = Passage::new(&talk, "");
    for sentence in talk {
        assert_eq!(quotes(sentence, &passage), Ok(()), "{sentence}");
        assert_eq!(check(Piece::Summary, sentence, &passage).as_deref(), Ok(sentence));
    }
    for pair in talk.windows(2) {
        let both = pair.join(" ");
        assert_eq!(check(Piece::Summary, &both, &passage), Ok(both.clone()));
    }
}
